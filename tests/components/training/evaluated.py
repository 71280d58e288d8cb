"""Networks of a configuration, looked at with its data."""

from components.config.texts import make_network, read_config
from components.training.data import load_data


def made(**fields):
    config, _ = read_config({name.replace("_", "-"): text for name, text in fields.items()})
    return config, make_network(config), load_data(config)
