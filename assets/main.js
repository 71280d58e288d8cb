// Opening the page: who hears what of the walk, and which button does what.

import { readQuery } from "./core/url.js";
import { by } from "./kit/dom.js";
import { laterClicks } from "./kit/later.js";
import { hush, say, sayAgain } from "./kit/message.js";
import { painted } from "./kit/paint.js";
import { written } from "./kit/words.js";
import { whenVersion } from "./server/exchange.js";
import { subscribe } from "./walk/announce.js";
import { connect as connectKeeping } from "./walk/keeping.js";
import { press } from "./walk/queue.js";
import { follow as followSamples } from "./walk/samples.js";
import { state } from "./walk/state.js";
import { follow as followPage } from "./walk/training.js";
import { hide as hideHover, show as showHover } from "./drawing/hover.js";
import { light as lightDrawing } from "./drawing/light.js";
import { show as showNames } from "./drawing/names.js";
import { show as showNetwork, showWeights, watch } from "./drawing/network.js";
import { clicks as derivationClicks, listen as listenDerivation } from "./explanation/derivation.js";
import {
  clicks as explanationClicks, connect as connectExplanation, pick as putInFocus, show as showExplanation,
} from "./explanation/explanation.js";
import { connect as connectPointing, light as lightNumbers } from "./explanation/pointing.js";
import { plan as planFormulas } from "./explanation/formula.js";
import { bring as bringMathJax } from "./explanation/mathjax.js";
import { show as showNumbers } from "./explanation/numbers.js";
import { clicks as curvesClicks } from "./plots/as_table.js";
import { connect as connectGraphs } from "./plots/graph.js";
import { connect as connectLoss, open as openLoss, set as setLoss } from "./plots/loss.js";
import { connect as connectPicture, redraw as redrawPicture, showChoices } from "./plots/picture.js";
import {
  clicks as plotsClicks, connect as connectPlots, draw as drawPlots, open as openPlots, pictureOf,
  refresh as refreshPlots, show as showPlots, take as takeViews, wanted,
} from "./plots/plots.js";
import { clicks as progressClicks, connect as connectProgress, show as showProgress } from "./plots/progress.js";
import { clicks as compareClicks, write as rewriteCompare } from "./compare/compare.js";
import { clicks as checkClicks, writeVerdict as rewriteVerdict } from "./dialogs/check.js";
import { clicks as editingClicks, listen as listenEditing } from "./dialogs/editing.js";
import {
  clicks as examplesClicks, follow as followExamples, listen as listenExamples, write as rewriteExample,
} from "./dialogs/examples.js";
import { clicks as exportClicks, listen as listenExport } from "./dialogs/export.js";
import { clicks as openingClicks, listen as listenOpening } from "./dialogs/opening.js";
import { clicks as ownDataClicks, listen as listenOwnData } from "./dialogs/own_data.js";
import { clicks as pastingClicks, listen as listenPasting } from "./dialogs/pasting.js";
import { clicks as weightsClicks, listen as listenWeights } from "./dialogs/weights.js";
import { connect as connectByKey } from "./page/by_key.js";
import { clicks as beginningClicks, open as openBeginning } from "./page/beginning.js";
import { clicks as copyingClicks } from "./page/copying.js";
import { clicks as embedClicks, embedded, setOut as setOutEmbed } from "./page/embed.js";
import { accept, connect as connectFields, refuse } from "./page/fields.js";
import { firstPass, setOut as setOutPass } from "./page/first_pass.js";
import { connect as connectKeys } from "./page/keys.js";
import { connect as connectLanguage, open as openLanguage, setOut as chooseLanguage } from "./page/language.js";
import { connect as connectLinked } from "./places/linked.js";
import { connect as connectLooks, setOut as setOutLooks } from "./page/looks.js";
import { clicks as moreClicks, connect as connectMore } from "./page/more.js";
import { asked as notesAsked, connect as connectNotes, show as showNotes } from "./page/notes.js";
import { show as showPage } from "./page/page.js";
import { clicks as playClicks } from "./page/play.js";
import { clicks as presentClicks, connect as connectPresent, setOut as setOutPresent } from "./page/present.js";
import { heard, open as openRelease } from "./page/release.js";
import { pictured as hearRun, turned as hearTurn } from "./page/run_aloud.js";
import { clicks as sectionsClicks, open as openSections } from "./page/sections.js";
import { clicks as settingsClicks, connect as connectSettings } from "./page/settings.js";
import { clicks as themeClicks, connect as connectTheme, setOut } from "./page/theme.js";

const CLICKS = {
  ...explanationClicks, ...derivationClicks, ...plotsClicks, ...progressClicks,
  ...compareClicks, ...checkClicks, ...editingClicks, ...pastingClicks,
  ...examplesClicks, ...exportClicks, ...openingClicks, ...ownDataClicks,
  ...weightsClicks, ...playClicks, ...copyingClicks, ...embedClicks, ...presentClicks,
  ...themeClicks, ...beginningClicks, ...sectionsClicks, ...moreClicks, ...settingsClicks,
  ...curvesClicks, ...laterClicks("lessons"), ...laterClicks("sharing"),
};

/** @param {string | null} target */
function light(target) {
  lightDrawing(target);
  lightNumbers(target);
}

// Every view for what stands on the stage.
function show() {
  hideHover();
  showPage(state);
  showNetwork(state);
  showNames(state);
  // While it trains their place belongs to the run.
  if (!state.training) {
    showNumbers(state);
    showExplanation(state);
  }
  followExamples(state);
  showProgress(state);
  showPlots(state);
  followSamples();
}

const WORDS_EVERY = 120; // milliseconds, in a run
let worded = 0;

// A run has many pictures a second; its words follow some of them.
function showRun() {
  const now = performance.now();
  if (now - worded > WORDS_EVERY) {
    worded = now;
    show();
    return;
  }
  showWeights(state);
  showProgress(state);
  showPlots(state);
}

function showSamples() {
  showChoices();
  refreshPlots(true);
  show();
  redrawPicture();
}

/** @type {any} */
let figures = null; // the figures as the server has them, with messages

function openFigures() {
  const inWords = written(figures);
  openLoss(inWords);
  openPlots(inWords);
}

// The same in the language and with the digits that are now in force.
function rewrite() {
  openFigures();
  setLoss({});
  showChoices();
  drawPlots();
  rewriteCompare();
  rewriteExample();
  rewriteVerdict();
  sayAgain();
}

function hear() {
  subscribe("changed", show);
  subscribe("pictured", showRun);
  subscribe("running", () => {
    showProgress(state);
    showPlots(state);
  });
  subscribe("running", hearTurn);
  for (const what of ["changed", "pictured"]) subscribe(what, hearRun);
  subscribe("told", say);
  subscribe("pressed", hush);
  subscribe("accepted", accept);
  subscribe("refused", refuse);
  subscribe("taken", (pass) => planFormulas(pass, () => showExplanation(state)));
  subscribe("viewed", takeViews);
  subscribe("pointed", light);
  subscribe("sampled", showSamples);
  subscribe("rewritten", rewrite);
}

// The drawing answers to the pointer.
function connectDrawing() {
  const network = by("network");
  /** @param {PointerEvent} event */
  const point = (event) => void showHover(state, event, pictureOf);
  network.addEventListener("pointermove", point);
  network.addEventListener("pointerleave", (/** @type {PointerEvent} */ event) => showHover(null, event));
  network.addEventListener("click", (/** @type {PointerEvent} */ event) => {
    const found = showHover(state, event);
    if (found) putInFocus(found);
  });
  watch(network, state, () => {
    showNames(state);
    showPlots(state);
  });
}

function connect() {
  connectFields();
  connectPresent();
  connectKeys(CLICKS);
  connectNotes();
  connectLanguage();
  connectExplanation();
  connectPointing();
  connectProgress();
  connectGraphs();
  connectLoss();
  connectPlots();
  connectPicture();
  by("timeline").addEventListener("input", (/** @type {any} */ event) => press("timeline", Number(event.target.value)));
  connectByKey();
  connectMore();
  connectSettings();
  connectDrawing();
  if (!embedded()) connectKeeping();
  connectLooks();
}

const LISTENING = [
  listenDerivation, listenEditing, listenExamples, listenExport,
  listenOpening, listenOwnData, listenPasting, listenWeights,
];

async function openNotes() {
  chooseLanguage();
  setOut();
  await openLanguage();
  showNotes();
}

// What the server is asked for goes out first, so that all of it comes at the same time.
export async function open() {
  if (notesAsked()) return void openNotes();
  const defaults = JSON.parse(by("defaults").textContent);
  state.defaults = defaults.fields;
  figures = defaults.figures;
  const asked = readQuery(location.search, state.defaults);
  const first = setOutPass(asked);
  chooseLanguage();
  setOut();
  openSections();
  setOutEmbed();
  setOutPresent();
  setOutLooks();
  whenVersion(heard);
  openRelease(defaults.version);
  followPage(() => by("train-speed").value, wanted);
  hear();
  for (const listen of LISTENING) listen();
  await openLanguage();
  openFigures();
  connectTheme();
  if (!(await firstPass(asked, first))) return undefined;
  connect();
  openBeginning(CLICKS);
  connectLinked();
  by("page").classList.add("ready");
  // What the first picture does not need comes after it.
  await painted();
  return void bringMathJax();
}
