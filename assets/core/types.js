// What travels between the modules and over the wire, once; read by the type checker alone.

/** @typedef {{ key: string, arguments: Record<string, Argument> }} Message  a sentence before it has a language */
/** @typedef {string | number | Message | (string | number | Message)[]} Argument  a list is enumerated */
/** @typedef {string | Message | (string | Message)[]} Told  a list is one sentence after the other */
/** @typedef {Record<string, string>} Catalog  the words of a language by key */

/** @typedef {Record<string, string>} Fields  the texts of the fields, by their ids */
/** @typedef {Record<number, string>} Arrays  float64 as base64, row by row, by layer */
/** @typedef {{ w: Arrays, b: Arrays }} Weights */
/** @typedef {{ x: number, y: number }} Point  in pixels */
/** @typedef {() => boolean} Wanted  whether anybody still waits for an answer */
/** @typedef {Record<string, () => unknown>} Clicks  what a button does, by its id */

/**
 * An array of a pass, known from a position on (or each of its rows from one of its own) up to another.
 * @typedef {object} Value
 * @property {string} symbol  x w b z a y J delta dw db, and what only the explanation shows
 * @property {number} layer
 * @property {number} rows
 * @property {number} cols
 * @property {number | number[]} from
 * @property {number | null} to  null: to the end of the pass
 * @property {string} data  float64 as base64
 * @property {Float64Array} array
 */

/**
 * The same as it travels: with its text, or with how it follows from others; η goes with the recipe that needs it.
 * @typedef {Omit<Value, "array" | "data"> & { data?: string, recipe?: string, eta?: number }} ValueOnWire
 */

/**
 * One place of the timeline.
 * @typedef {object} Position
 * @property {"input" | "forward" | "loss" | "backward" | "update"} kind
 * @property {number | null} layer
 * @property {number | null} neuron
 * @property {{ done: Told, next: Told }} caption
 * @property {{ name: Told, tex: string, note?: Told, anchor: string | null }[]} formula
 * @property {string} matrices  the key of its rows in the pass
 * @property {{ into: number, neuron: number | null, way: "forward" | "backward" } | null} flow
 * @property {Record<string, { enabled: boolean, label: Told }>} buttons
 */

/** @typedef {{ edges: number[][], areas: number[] }} Moment  relative strengths, before or after the update */
/**
 * @typedef {object} SceneLayer
 * @property {number} layer
 * @property {number} size
 * @property {string} name  of its activation in the engine, or input
 * @property {number[]} rows  that are drawn
 * @property {number} hidden  how many are not
 * @property {Moment} before
 * @property {Moment} after
 */
/** @typedef {{ layers: SceneLayer[], scale: Record<"a" | "delta" | "w" | "b" | "norm", number> }} Scene */

/**
 * A whole training step; `kept` are its values by symbol and layer, in the order of time.
 * @typedef {object} Pass
 * @property {Fields} fields
 * @property {number[]} sizes
 * @property {number} iteration
 * @property {Position[]} positions
 * @property {number} last  the last position
 * @property {Map<string, Value[]>} kept
 * @property {Scene} scene
 * @property {Record<string, MatrixRow[]>} matrices
 * @property {Told} summary
 * @property {Told | null} stopped  why it ends early
 * @property {{ now: Message, others: Message[] }} convention
 * @property {{ train: number, all: boolean, hidden: string[] }} data
 * @property {Focus} [focus]  that its formulas were written for
 * @property {{ before?: string, after?: string }} [named]  what the server calls large weights
 * @property {boolean} [live]  only weights, as a turn of training left them
 */

/** @typedef {Omit<Pass, "kept" | "last"> & { values: ValueOnWire[] }} PassOnWire */

/** @typedef {string | Message} Sign  between two arrays */
/** @typedef {{ array: string, layer: number, transposed?: boolean, named?: boolean, sign?: Sign }} MatrixItem */
/** @typedef {{ label: Told, items: MatrixItem[], text: Told, wrong?: boolean }} MatrixRow */

/**
 * What the formulas tell of; without a layer they follow the walk.
 * @typedef {object} Focus
 * @property {string} mode  one, all, click
 * @property {number | null} layer
 * @property {number} neuron
 * @property {number | null} input  k of a weight w_jk
 * @property {number} sample
 * @property {boolean} whole  long sums are not folded
 */

/** @typedef {{ layer: number, neuron: number, input: number | null }} FocusPlace */
/** @typedef {{ symbol: string, layer: number, row: number, col: number }} Place  of one number, counted from 1 */

/** @typedef {{ steps: number, slots: Record<string, string> }} OptimiserState */
/** @typedef {Readonly<{ batch: number, state: OptimiserState | null }>} Run */

/**
 * A point of the curves.
 * @typedef {object} CurvePoint
 * @property {number} batch
 * @property {number} epoch
 * @property {number | null} [train_loss]
 * @property {number | null} [test_loss]
 * @property {number | null} [train_score]
 * @property {number | null} [test_score]
 * @property {Record<number, number>} [delta]  norms by layer
 * @property {Record<number, number>} [dw]
 */

/** @typedef {{ batch: number, epoch: number, weights: Weights, iteration: number, run: Run, size?: number }} Entry */
/**
 * @typedef {object} Branch
 * @property {number} id
 * @property {{ branch: number, batch: number } | null} from
 * @property {CurvePoint[]} points
 * @property {Entry[]} kept
 */
/** @typedef {{ branches: Branch[], current: number, at: number }} RunHistory  `at` is the batch on the stage */

/** @typedef {{ weights: Weights, pass?: Pass, fields: Fields }} StepBehind */
/** @typedef {{ weights: Weights, data: Fields }} Made  a start as it was before its edits */

/**
 * All of a stage that can be had back.
 * @typedef {object} Session
 * @property {Fields} fields
 * @property {Weights} weights
 * @property {number} iteration
 * @property {Weights} start
 * @property {Made | null} [made]
 * @property {boolean} [amended]
 * @property {number} cursor
 * @property {StepBehind[]} behind
 * @property {[number, number][]} losses  of the updates by hand, each with its step
 * @property {Run} [run]
 * @property {RunHistory} [history]
 * @property {Session[]} [undo]
 * @property {Focus} [focus]  of a tab that is loaded again
 * @property {number | null} [picked]
 */

/**
 * What the walk is at. Before the first pass `pass` and `start` are null: nothing but the opening sees that.
 * @typedef {object} State
 * @property {string} language  that the person chose; empty: the browser's
 * @property {Fields} defaults
 * @property {Fields} fields
 * @property {Pass} pass
 * @property {number} cursor
 * @property {number | null} picked  the layer of the table
 * @property {boolean} playing
 * @property {boolean} present  shown to the back row
 * @property {string} edges  what they show: w, dw or step
 * @property {Focus} focus
 * @property {Promise<PassAnswer> | null} ahead
 * @property {StepBehind[]} behind
 * @property {Weights} start
 * @property {Made | null} made
 * @property {boolean} amended
 * @property {[number, number][]} losses
 * @property {Session[]} undo
 * @property {Session[]} redo
 * @property {boolean} waiting
 * @property {boolean} training
 * @property {Run} run
 * @property {RunHistory} history
 */

// What a view is a function of.
/** @typedef {Pick<State, "pass" | "cursor" | "focus" | "picked" | "present" | "edges">} View */

/** @typedef {{ field: string | null, text: Told }} Refused */

/**
 * The samples of a data set as the picture shows them; x and y row by row.
 * @typedef {object} Samples
 * @property {"classes" | "regression"} kind
 * @property {string[]} classes
 * @property {string[]} features
 * @property {string[]} outputs
 * @property {number} rows  of x
 * @property {number} count
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {number[]} labels
 * @property {number[]} sample  the number of a train sample, 0 of a test sample
 * @property {{ side: number, brightest: number, pixels: Float64Array, labels: number[] }} [images]
 */

/** @typedef {{ kind: "dead" | "saturated", count: number, of: number }} Idle  neurons of a layer that stand still */
/** @typedef {"vanishing" | "exploding" | "dead" | "zero"} FlowKind */
/** @typedef {{ kind: FlowKind, ratio?: number, layer?: number }} Flow  δ on its way back, ‖δ²‖/‖δᴸ‖ or where it ends */

/**
 * A run of the comparison.
 * @typedef {object} CompareRow
 * @property {number} slot  which letter, colour and dash it has
 * @property {Fields} cells  what it has of its own
 * @property {Fields | null} wish  texts to be tried; null where there are none
 * @property {(Refused & { typed: string }) | null} refused
 * @property {Weights | null} weights
 * @property {Weights | null} start
 * @property {number} iteration
 * @property {"classes" | "regression" | null} kind
 * @property {Run} run
 * @property {RunHistory} history
 * @property {any} chain  of its turns
 * @property {number} perEpoch
 * @property {number} turns
 * @property {Message[] | null} stopped
 * @property {boolean} reached
 * @property {Flow | null} flow
 * @property {Record<string, Idle | null>} idle  by layer
 */

/**
 * What the comparison is at; rows are never changed in place.
 * @typedef {object} Comparison
 * @property {CompareRow[]} rows
 * @property {Fields} common  the fields that all runs share
 * @property {Record<string, any>} rest  what else of the stage a request carries
 * @property {string} preset
 * @property {boolean} running
 * @property {number} goal  the epoch to which Train all goes
 * @property {string | null} epochsWish  a text for the field of the epochs that is to be tried
 * @property {{ typed: string, text: Told } | null} epochsRefused
 * @property {Pick<Comparison, "rows" | "common" | "rest" | "preset" | "goal">[]} undo
 * @property {Told} told  on the last change
 */

/** @typedef {{ context: CanvasRenderingContext2D, width: number, height: number }} Board */
/** @typedef {(i: number) => [number, number]} Spot  of a sample, in pixels */

/** @typedef {{ field: string, label: Message, heading: Message, choices?: Record<string, Told> }} Column */

// An answer of the server, as it reads it: refused, or all that it is asked for; null where nobody waited for it.
/** @typedef {any} Answer */
/** @typedef {any} PassAnswer */
