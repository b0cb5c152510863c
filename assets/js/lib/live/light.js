// The connection light: shape and words. `<span class="live" data-live="on" data-text-on="…" data-text-retry="…"
// data-text-off="… {time}" data-hours="24" data-zone="Asia/Ho_Chi_Minh">`; the server writes the words.
import { clockOfMoment } from "../pure/time.js";

export class Light {
  #state = "";
  #asOf = new Date();

  /** Show a state. While it is "on" the figures on the page are of this moment. */
  show(state) {
    if (state === "on") this.#asOf = new Date();
    if (state === this.#state) return;
    this.#state = state;
    for (const node of document.querySelectorAll(".live[data-text-on]")) this.#draw(node);
  }

  /** Fragments may bring the light along as the server drew it. */
  redraw(scope) {
    for (const node of scope.querySelectorAll(".live[data-text-on]")) this.#draw(node);
  }

  #draw(node) {
    if (!this.#state) return;
    const text = node.getAttribute(`data-text-${this.#state}`) ?? "";
    node.hidden = false; // without script there is no connection to show
    node.dataset.live = this.#state;
    node.textContent = text.replace("{time}", clockOfMoment(this.#asOf, node.dataset));
  }
}
