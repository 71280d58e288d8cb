// From the scene to pixels: everything inside the window, nothing on top of another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { distance, edgesInto, place, radiusOf } from "../../../assets/core/geometry.js";

const rows = (...numbers) => numbers;
const SCENES = {
  "3-3-2": [[rows(1, 2, 3), 0], [rows(1, 2, 3), 0], [rows(1, 2), 0]],
  "a folded layer": [[rows(1, 2), 0], [rows(1, 2, 3, 62, 63, 64), 58], [rows(1), 0]],
};

for (const [name, layers] of Object.entries(SCENES)) {
  for (const [width, height] of [[900, 420], [1600, 700], [360, 300]]) {
    test(`${name} stays inside ${width}×${height} without an overlap`, () => {
      const scene = { layers: layers.map(([all, hidden], i) => ({ layer: i + 1, rows: all, hidden })) };
      const places = place(scene, width, height, 3.6);
      for (const { neurons, spacing, ellipsis } of places.columns) {
        assert.ok(2 * places.radius < spacing);
        const at = [...neurons.values(), ...(ellipsis ? [ellipsis] : [])];
        for (const { x, y } of at) {
          assert.ok(x - places.radius >= 0 && x + places.radius <= places.end.x - places.end.half);
          assert.ok(y - places.radius >= 0 && y + places.radius <= height);
        }
        assert.equal(new Set(at.map(({ y }) => Math.round(y))).size, at.length);
      }
      assert.ok(places.end.x + places.end.half <= width);
    });
  }
}

test("every neuron sends an edge to each of the next layer, and the last ones to J", () => {
  const scene = { layers: SCENES["3-3-2"].map(([all, hidden], i) => ({ layer: i + 1, rows: all, hidden })) };
  const places = place(scene, 900, 420, 3.6);
  assert.deepEqual([2, 3, 4].map((layer) => edgesInto(places, layer).length), [9, 6, 2]);
  const [edge] = edgesInto(places, 3);
  assert.deepEqual([edge.layer, edge.j, edge.k], [3, 1, 1]);
});

test("the area of a neuron follows the norm, from a readable size on", () => {
  const areas = [0, 0.5, 1].map((area) => radiusOf({ radius: 10, least: 0.4 }, area) ** 2);
  assert.ok(Math.abs(areas[1] - (areas[0] + areas[2]) / 2) < 1e-9);
  assert.ok(areas[0] >= 0.4 * areas[2] - 1e-9);
});

test("the distance of a point from an edge ends at its ends", () => {
  const edge = { x1: 0, y1: 0, x2: 10, y2: 0 };
  assert.deepEqual([[5, 3], [13, 4], [-3, 4]].map(([x, y]) => distance(edge, x, y)), [3, 5, 5]);
});
