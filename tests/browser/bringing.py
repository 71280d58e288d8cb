"""Files that a person brings: dropped on the page, or chosen at a button."""

__all__ = ["FILE", "SAID"]

# A file comes to the page, dropped or through the input of a button; its content as base64.
FILE = """
for (const id of ["message", "export-told"]) document.getElementById(id).replaceChildren();
const [content, name, size, button] = arguments;
const file = new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name);
if (size) Object.defineProperty(file, "size", { value: size });
if (button) {
  const chosen = new DataTransfer();
  chosen.items.add(file);
  document.getElementById(button).click();
  const input = document.querySelector(".chosen-file");
  input.files = chosen.files;
  input.dispatchEvent(new Event("change"));
} else {
  const dropped = new Event("drop", { bubbles: true, cancelable: true });
  dropped.dataTransfer = { types: ["Files"], files: [file] };
  document.body.dispatchEvent(dropped);
}
"""
SAID = """["message", "export-told"].map((id) => document.getElementById(id).textContent)
  .some((text) => text && !text.startsWith("Waiting for the server"))"""
