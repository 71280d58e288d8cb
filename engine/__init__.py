"""The mathematics of a fully connected network, in the notation of the derivation."""

from engine.activations import ACTIVATIONS, Activation
from engine.arguments import Array, Columns
from engine.differences import gradient_work
from engine.expressions import Expression, fraction_tex
from engine.initialisation import INITIALISATIONS, MAX_SEED, Initialisation, init_network
from engine.layers import Layers
from engine.losses import ANY_TARGETS, LOSSES, Loss, Targets, goes_together, loss_taken_with
from engine.network import MAX_LAYERS, MAX_NEURONS, MAX_WEIGHTS, MIN_LAYERS, Network
from engine.nonfinite import NonFiniteError
from engine.numerical import GradientTable, gradient_check, gradient_table
from engine.optimisers import BETA, BETA_2, EPSILON, OPTIMISERS, Optimiser
from engine.passes import Backward, Forward, backward, cost, forward
from engine.penalties import penalty
from engine.settings import Progress, Settings
from engine.timeline import GRANULARITIES, Step, TraceStoppedError, trace
from engine.training import Training, TrainingStoppedError, batches_per_epoch, train
from engine.update import sgd_step

__all__ = [
    "ACTIVATIONS",
    "ANY_TARGETS",
    "BETA",
    "BETA_2",
    "EPSILON",
    "GRANULARITIES",
    "INITIALISATIONS",
    "LOSSES",
    "MAX_LAYERS",
    "MAX_NEURONS",
    "MAX_SEED",
    "MAX_WEIGHTS",
    "MIN_LAYERS",
    "OPTIMISERS",
    "Activation",
    "Array",
    "Backward",
    "Columns",
    "Expression",
    "Forward",
    "GradientTable",
    "Initialisation",
    "Layers",
    "Loss",
    "Network",
    "NonFiniteError",
    "Optimiser",
    "Progress",
    "Settings",
    "Step",
    "Targets",
    "TraceStoppedError",
    "Training",
    "TrainingStoppedError",
    "backward",
    "batches_per_epoch",
    "cost",
    "forward",
    "fraction_tex",
    "goes_together",
    "gradient_check",
    "gradient_table",
    "gradient_work",
    "init_network",
    "loss_taken_with",
    "penalty",
    "sgd_step",
    "trace",
    "train",
]
