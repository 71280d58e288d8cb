"""Make the pictures of docs/ from the running app: .venv/bin/python scripts/screenshot.py"""

import sys
import threading
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from werkzeug.serving import make_server

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from app import server  # noqa: E402
from tests.conftest import pytest_setup_options  # noqa: E402

TRAINING = (
    "?dataset=blobs&classes=4&layer-sizes=2-6-6-4&hidden-activation=tanh&output-activation=softmax"
    "&loss=cross_entropy&learning-rate=0.1&noise=0.3&epochs=60"
)
# What to open, what to click with a pause after each, in seconds.
PICTURES = {
    "walk.png": ("", (("step-forward", 0.6),) * 3 + (("step-backward", 0.6),) * 2),
    "training.png": (TRAINING, (("plot-data", 1), ("train", 6))),
}


def main() -> None:
    """Save what 1280×720 shows of the walk at δ² and of a run of training."""
    http = make_server("127.0.0.1", 0, server, threaded=True)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    driver = webdriver.Chrome(options=pytest_setup_options())
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": False},
    )
    try:
        for picture, (query, clicks) in PICTURES.items():
            driver.get(f"http://127.0.0.1:{http.server_port}/{query}")
            time.sleep(8)
            for name, pause in clicks:
                driver.find_element(By.ID, name).click()
                time.sleep(pause)
            driver.save_screenshot(str(ROOT / "docs" / picture))
    finally:
        driver.quit()
        http.shutdown()


if __name__ == "__main__":
    main()
