// Private notes on meetings: saved while they are written, kept on this device until the server has them.
import { Autosave } from "./autosave.js";

new Autosave(document.getElementById("notes-form"));
