// The events of some topics, also over an unreliable network: a WebSocket that reconnects from the last id, and the HTTP feed
// where WebSocket is blocked. States: "on", "retry" (the socket is reconnecting), "off" (nothing gets through).
import { pause } from "../pure/events.js";

const SILENCE = 45_000; // the server sends something every 20 s; after this time the connection counts as lost
const FAILURES_BEFORE_POLLING = 3;
const POLL = 5_000;
const SOCKET_WHILE_POLLING = 60_000;
const NO_SESSION = 4401;
const NO_RIGHT = 4403;
const TOO_MANY = 4429; // sockets of this address or person: this page uses the feed

export class EventStream {
  #topics;
  #last;
  #on;
  #socket = null;
  #failures = 0;
  #heard = 0;
  #ended = false;
  #timers = { connect: 0, watch: 0, poll: 0 };

  /** `on`: `event(event)`, `reset()`, `state(name)`, `ended(code)`; with
   *  `presence(message)` the server also says who else is looking. `after`: the last id or position that the page
   *  knows, if any. */
  constructor(topics, after, on) {
    this.#topics = topics;
    this.#last = after;
    this.#on = on;
    this.#timers.watch = setInterval(() => this.#watch(), SILENCE / 3);
    this.#connect();
  }

  /** Check immediately whether events are missing: the tab is visible again, the network is back. */
  wake() {
    if (this.#ended) return;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#watch();
    else this.#reconnect(0);
  }

  /** Disconnect; `wake` connects again. */
  sleep() {
    this.#drop();
    clearTimeout(this.#timers.connect);
    this.#stopPolling();
  }

  #query() {
    const query = new URLSearchParams(this.#topics.map((topic) => ["topic", topic]));
    if (this.#last !== null) query.set("after", this.#last);
    return query;
  }

  #connect() {
    this.#drop();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const query = this.#query();
    if (this.#on.presence) query.set("presence", "1");
    const socket = new WebSocket(`${scheme}://${location.host}/ws/events/?${query}`);
    this.#socket = socket;
    this.#heard = Date.now();
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    socket.onclose = ({ code }) => this.#closed(code);
  }

  #drop() {
    if (!this.#socket) return;
    this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  #receive(message) {
    this.#heard = Date.now();
    if (message.kind === "event") {
      this.#take([message.event]);
      this.#last = message.position;
    } else if (message.kind === "hello") {
      this.#failures = 0;
      this.#stopPolling();
      const first = this.#last === null;
      this.#last = message.position;
      if (first) this.#on.reset(); // the page does not say how old it is
      this.#on.state("on");
    } else if (message.kind === "ping") {
      this.#last = message.position;
      this.#on.state("on");
    } else if (message.kind === "presence") {
      this.#on.presence(message);
    } else if (message.kind === "reset") {
      this.#on.reset();
    }
  }

  #take(events) {
    for (const event of events) {
      this.#last = event.id;
      this.#on.event(event);
    }
  }

  #closed(code) {
    this.#socket = null;
    if (code === NO_SESSION || code === NO_RIGHT) {
      this.#end(code);
      return;
    }
    this.#failures = code === TOO_MANY ? FAILURES_BEFORE_POLLING : this.#failures + 1;
    if (this.#failures < FAILURES_BEFORE_POLLING) {
      this.#on.state("retry");
      this.#reconnect(pause(this.#failures));
    } else {
      this.#reconnect(SOCKET_WHILE_POLLING * (0.5 + Math.random()));
      if (!this.#timers.poll) this.#poll();
    }
  }

  #end(code) {
    this.#ended = true;
    this.sleep();
    clearInterval(this.#timers.watch);
    this.#on.state("off");
    this.#on.ended(code);
  }

  #reconnect(delay) {
    clearTimeout(this.#timers.connect);
    this.#timers.connect = setTimeout(() => this.#connect(), delay);
  }

  #watch() {
    if (!this.#socket || Date.now() - this.#heard < SILENCE) return;
    this.#drop();
    this.#on.state("retry");
    this.#reconnect(pause(this.#failures));
  }

  async #poll() {
    let delay = POLL;
    this.#timers.poll = -1; // under way
    try {
      const response = await fetch(`/api/v1/events?${this.#query()}`, { headers: { Accept: "application/json" } });
      if (response.status === 401 || response.status === 403) return this.#end(response.status === 401 ? NO_SESSION : NO_RIGHT);
      if (!response.ok) throw new Error(`the feed answers ${response.status}`);
      if (!this.#timers.poll) return; // the socket came first
      await this.#takePage(await response.json());
      this.#on.state("on");
    } catch {
      this.#on.state("off");
      delay *= 2;
    }
    if (this.#timers.poll) this.#timers.poll = setTimeout(() => this.#poll(), delay * (0.75 + Math.random() / 2));
  }

  async #takePage(page) {
    if (this.#last !== null && !page.reset && !page.more) {
      this.#take(page.events);
      this.#last = page.cursor;
      return;
    }
    // Too much was missed to go through it one by one: reload everything and continue from the newest.
    this.#last = null;
    const newest = page.more ? await (await fetch(`/api/v1/events?${this.#query()}&limit=1`)).json() : page;
    this.#last = newest.cursor;
    this.#on.reset();
  }

  #stopPolling() {
    clearTimeout(this.#timers.poll);
    this.#timers.poll = 0;
  }
}
