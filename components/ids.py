"""Every element id of the page, written once; a field's id is also its name in the URL."""

from typing import Final

# The walk
STEP_FORWARD: Final = "step-forward"
STEP_BACKWARD: Final = "step-backward"
APPLY_UPDATE: Final = "apply-update"
NEXT: Final = "next"
BACK: Final = "back"
PLAY: Final = "play"
TIMELINE: Final = "timeline"
POSITION: Final = "position"
SPEED: Final = "speed"
RESET: Final = "reset"
UNDO: Final = "undo"
REDO: Final = "redo"

# The configuration
LAYER_SIZES: Final = "layer-sizes"
HIDDEN_ACTIVATION: Final = "hidden-activation"
OUTPUT_ACTIVATION: Final = "output-activation"
LOSS: Final = "loss"
LEARNING_RATE: Final = "learning-rate"
LEARNING_RATE_SLIDER: Final = "learning-rate-slider"
UPDATE_BIASES: Final = "update-biases"
INIT: Final = "init"
SEED: Final = "seed"
DATASET: Final = "dataset"
POINTS: Final = "points"
CLASSES: Final = "classes"
NOISE: Final = "noise"
TRAIN_SHARE: Final = "train-share"
DATA_SEED: Final = "data-seed"
STANDARDISE: Final = "standardise"
OWN_DATA: Final = "own-data"
SAMPLE: Final = "sample"
SAMPLE_NUMBER: Final = "sample-number"
SAMPLE_X: Final = "sample-x"
SAMPLE_Y: Final = "sample-y"
GRANULARITY: Final = "granularity"
BATCH_SIZE: Final = "batch-size"
OPTIMISER: Final = "optimiser"
L1: Final = "l1"
L2: Final = "l2"
EPOCHS: Final = "epochs"
TARGET_LOSS: Final = "target-loss"
ADD_LAYER: Final = "add-layer"
REMOVE_LAYER: Final = "remove-layer"
CONTROLS: Final = "controls"
CONVENTION: Final = "convention"
CONTROLS_TOGGLE: Final = "controls-toggle"

# What is shown
EDITED: Final = "edited"
SUMMARY: Final = "summary"
STAGE: Final = "stage"
HEADINGS: Final = "headings"
NETWORK: Final = "network"
LEGEND: Final = "legend"
CAPTION: Final = "caption"
CAPTION_DONE: Final = "caption-done"
CAPTION_NEXT: Final = "caption-next"
EXPLANATION: Final = "explanation"
FORMULA: Final = "formula"
MATRICES: Final = "matrices"
FORMULA_TAB: Final = "formula-tab"
MATRICES_TAB: Final = "matrices-tab"
FOCUS_MODE: Final = "focus-mode"
FOCUS_SAMPLE: Final = "focus-sample"
ALL_TERMS: Final = "all-terms"
FOLLOW: Final = "follow"
FOCUSED: Final = "focused"
LARGER: Final = "larger"
DIGITS: Final = "digits"
DECIMAL: Final = "decimal"
NUMBERS: Final = "numbers"
NUMBERS_LAYER: Final = "numbers-layer"
NUMBERS_COPY: Final = "numbers-copy"
LOSS_PLOT: Final = "loss-plot"
LOSS_FIGURE: Final = "loss-figure"
LOSS_LOG: Final = "loss-log"
MESSAGE: Final = "message"
RELEASE: Final = "release"
TOOLTIP: Final = "tooltip"

# Training
TRAIN: Final = "train"
TRAIN_EPOCH: Final = "train-epoch"
TRAIN_BATCH: Final = "train-batch"
TRAIN_SPEED: Final = "train-speed"
EPOCH: Final = "epoch"
TRAIN_LOSS: Final = "train-loss"
TEST_LOSS: Final = "test-loss"
SCORES: Final = "scores"
TRAIN_PROGRESS: Final = "train-progress"
TRAIN_RATE: Final = "train-rate"
EPOCH_TIMELINE: Final = "epoch-timeline"
PLOTS: Final = "plots"
PLOT_WORDS: Final = "plot-words"
LOSS_SMOOTH: Final = "loss-smooth"
LOSS_KIND: Final = "loss-kind"
PLOT_LOSS: Final = "plot-loss"
PLOT_DATA: Final = "plot-data"
PLOT_LAYERS: Final = "plot-layers"
PLOT_HISTOGRAMS: Final = "plot-histograms"
PLOT_CONFUSION: Final = "plot-confusion"
BOUNDARY: Final = "boundary"
BOUNDARY_CANVAS: Final = "boundary-canvas"
DATA_EMPTY: Final = "data-empty"
DATA_CLASS: Final = "data-class"
DATA_ACROSS: Final = "data-across"
DATA_UP: Final = "data-up"
LAYERS_PLOT: Final = "layers-plot"
LAYERS_KIND: Final = "layers-kind"
HISTOGRAMS: Final = "histograms"
CONFUSION: Final = "confusion"
MAPS: Final = "maps"
MAPS_SWITCH: Final = "maps-switch"
MAPS_CANVAS: Final = "maps-canvas"

# Around the page
PAGE: Final = "page"
SHARE: Final = "share"
THEME: Final = "theme"
LANGUAGE: Final = "language"
WORDLESS: Final = "wordless"
HELP: Final = "help"
KEYS: Final = "keys"
DEFAULTS: Final = "defaults"
MATHJAX: Final = "mathjax"

# Worked examples
EXAMPLES: Final = "examples"
EXAMPLES_CLOSE: Final = "examples-close"
EXAMPLES_CONTENT: Final = "examples-content"
EXAMPLES_MENU: Final = "examples-menu"
EXAMPLES_OPEN: Final = "examples-open"
EXAMPLES_SAVE: Final = "examples-save"

# Changing numbers by hand
EDIT: Final = "edit"
CELL_EDITOR: Final = "cell-editor"
CELL_EDITOR_NAME: Final = "cell-editor-name"
CELL_EDITOR_TEXT: Final = "cell-editor-text"
PASTE: Final = "paste"
PASTE_DIALOG: Final = "paste-dialog"
PASTE_SYMBOL: Final = "paste-symbol"
PASTE_TEXT: Final = "paste-text"
PASTE_REFUSED: Final = "paste-refused"
PASTE_KEEP: Final = "paste-keep"
PASTE_CANCEL: Final = "paste-cancel"

# Files and the gradient check
EXPORT: Final = "export"
EXPORT_DIALOG: Final = "export-dialog"
EXPORT_DIGITS: Final = "export-digits"
EXPORT_SOLUTIONS: Final = "export-solutions"
EXPORT_TOLD: Final = "export-told"
EXPORT_SVG: Final = "export-svg"
EXPORT_PNG: Final = "export-png"
WEIGHTS_NPZ: Final = "weights-npz"
WEIGHTS_SAFETENSORS: Final = "weights-safetensors"
WEIGHTS_OPEN: Final = "weights-open"
WEIGHTS_CHOICES: Final = "weights-choices"
FILE_OPEN: Final = "file-open"
SESSION_SAVE: Final = "session-save"
CHECK: Final = "check"
CHECK_DIALOG: Final = "check-dialog"
CHECK_VERDICT: Final = "check-verdict"
CHECK_KINKS: Final = "check-kinks"
CHECK_EVERY: Final = "check-every"
CHECK_COUNT: Final = "check-count"
CHECK_ROWS: Final = "check-rows"
CHECK_SAVE: Final = "check-save"

# Own data
OWN_OPEN: Final = "own-open"
OWN_DIALOG: Final = "own-dialog"
OWN_FILE: Final = "own-file"
OWN_TEXT: Final = "own-text"
OWN_SEPARATOR: Final = "own-separator"
OWN_HEADER: Final = "own-header"
OWN_DECIMAL: Final = "own-decimal"
OWN_KIND: Final = "own-kind"
OWN_PREVIEW: Final = "own-preview"
OWN_PROBLEMS: Final = "own-problems"
OWN_TOLD: Final = "own-told"
OWN_CANCEL: Final = "own-cancel"
OWN_USE: Final = "own-use"

# The derivation
DERIVATION: Final = "derivation"
DERIVATION_DIALOG: Final = "derivation-dialog"
DERIVATION_TITLE: Final = "derivation-title"
DERIVATION_CONTENTS: Final = "derivation-contents"
DERIVATION_TEXT: Final = "derivation-text"

# Runs side by side
COMPARE: Final = "compare"
COMPARE_DIALOG: Final = "compare-dialog"
COMPARE_TITLE: Final = "compare-title"
COMPARE_PRESET: Final = "compare-preset"
COMPARE_DATA: Final = "compare-data"
COMPARE_LOOK: Final = "compare-look"
COMPARE_TABLE: Final = "compare-table"
COMPARE_TOLD: Final = "compare-told"
COMPARE_TRAIN: Final = "compare-train"
COMPARE_RESET: Final = "compare-reset"
COMPARE_ADD: Final = "compare-add"
COMPARE_UNDO: Final = "compare-undo"
COMPARE_EPOCHS: Final = "compare-epochs"
COMPARE_PROGRESS: Final = "compare-progress"
COMPARE_LOG: Final = "compare-log"
COMPARE_TEST: Final = "compare-test"
COMPARE_PLOT: Final = "compare-plot"
COMPARE_FIGURE: Final = "compare-figure"
COMPARE_CHOICES: Final = "compare-choices"

FIELDS: Final = (
    LAYER_SIZES,
    HIDDEN_ACTIVATION,
    OUTPUT_ACTIVATION,
    LOSS,
    LEARNING_RATE,
    UPDATE_BIASES,
    INIT,
    SEED,
    DATASET,
    POINTS,
    CLASSES,
    NOISE,
    TRAIN_SHARE,
    DATA_SEED,
    STANDARDISE,
    OWN_DATA,
    SAMPLE,
    SAMPLE_X,
    SAMPLE_Y,
    GRANULARITY,
    BATCH_SIZE,
    OPTIMISER,
    L1,
    L2,
    EPOCHS,
    TARGET_LOSS,
)


def of_format(name: str) -> str:
    """The button of a format of the training step as a text."""
    return f"{EXPORT}-{name}"
