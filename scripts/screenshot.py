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

CLICKS = ("step-forward",) * 3 + ("step-backward",) * 2


def main() -> None:
    """Walk the first network to δ² and save what 1280×720 shows."""
    http = make_server("127.0.0.1", 0, server, threaded=True)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    driver = webdriver.Chrome(options=pytest_setup_options())
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": False},
    )
    try:
        driver.get(f"http://127.0.0.1:{http.server_port}/")
        time.sleep(3)
        for name in CLICKS:
            driver.find_element(By.ID, name).click()
            time.sleep(0.6)
        driver.save_screenshot(str(ROOT / "docs" / "walk.png"))
    finally:
        driver.quit()
        http.shutdown()


if __name__ == "__main__":
    main()
