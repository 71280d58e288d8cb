"""The mathematics of a fully connected network, in the notation of the derivation."""

from engine.activations import ACTIVATIONS, Activation
from engine.arguments import Array
from engine.differences import gradient_work
from engine.initialisation import INITIALISATIONS, MAX_SEED, Initialisation, init_network
from engine.layers import Layers
from engine.losses import LOSSES, Loss, goes_together
from engine.network import MAX_LAYERS, MAX_NEURONS, MAX_WEIGHTS, MIN_LAYERS, Network
from engine.nonfinite import NonFiniteError
from engine.numerical import GradientTable, gradient_check, gradient_table
from engine.optimisers import BETA, BETA_2, EPSILON, OPTIMISERS, Optimiser
from engine.passes import Backward, Forward, backward, cost, forward
from engine.penalties import penalty
from engine.timeline import GRANULARITIES, Step, trace
from engine.training import (
    OptimiserState,
    Training,
    TrainingStoppedError,
    batches_per_epoch,
    train,
)
from engine.update import sgd_step

__all__ = [
    "ACTIVATIONS",
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
    "Forward",
    "GradientTable",
    "Initialisation",
    "Layers",
    "Loss",
    "Network",
    "NonFiniteError",
    "Optimiser",
    "OptimiserState",
    "Step",
    "Training",
    "TrainingStoppedError",
    "backward",
    "batches_per_epoch",
    "cost",
    "forward",
    "goes_together",
    "gradient_check",
    "gradient_table",
    "gradient_work",
    "init_network",
    "penalty",
    "sgd_step",
    "trace",
    "train",
]
