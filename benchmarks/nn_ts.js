// Steps of TensorFlow Playground's engine: node nn_ts.js COMPILED < problem.json, all times in µs.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const nn = createRequire(import.meta.url)(process.argv[2]);
const { sizes, hidden, output, w, b, x, y, batches, rate, steps, rounds } = JSON.parse(readFileSync(0, "utf8"));
const SIGMAS = { tanh: nn.Activations.TANH, linear: nn.Activations.LINEAR, sigmoid: nn.Activations.SIGMOID,
  relu: nn.Activations.RELU };

// The network with the weights that are given: layers of nodes, the first of them the inputs.
function network() {
  const ids = x.map((_, k) => String(k));
  const made = nn.buildNetwork(sizes, SIGMAS[hidden], SIGMAS[output], null, ids);
  made.slice(1).forEach((layer, l) => layer.forEach((node, j) => {
    node.bias = b[l][j];
    node.inputLinks.forEach((link, k) => { link.weight = w[l][j][k]; });
  }));
  return made;
}

const samples = x[0].map((_, i) => x.map((row) => row[i]));
function train(made, count) {
  for (let step = 0; step < count; step++) {
    for (const i of batches[step % batches.length]) {
      nn.forwardProp(made, samples[i]);
      nn.backProp(made, y[0][i], nn.Errors.SQUARE);
    }
    nn.updateWeights(made, rate, 0);
  }
}

const times = [];
for (let round = 0; round <= rounds; round++) {
  const made = network();
  const begun = process.cpuUsage();
  train(made, steps);
  const { user, system } = process.cpuUsage(begun);
  if (round) times.push((user + system) / steps);
}
times.sort((one, other) => one - other);
const short = network();
train(short, batches.length);
const read = (of) => short.slice(1).map((layer) => layer.map(of));
console.log(JSON.stringify({
  us: times[Math.floor(times.length / 2)],
  w: read((node) => node.inputLinks.map((link) => link.weight)),
  b: read((node) => node.bias),
}));
