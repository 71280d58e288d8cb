// What a page is watched with, put into it before its own scripts run: clocks and counts, no judgement.
{
  // Each page opens as for somebody new; about:blank has no storage.
  if (location.protocol.startsWith("http")) [sessionStorage, localStorage].forEach((kept) => kept.clear());
  const probe = { events: [], tasks: [], marks: {}, shown: null, film: null };
  const observe = (type, tell, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(tell)).observe({ type, buffered: true, ...more });
  // Event Timing: from an input to the presented frame, in steps of 8 ms and from 16 ms on.
  observe("event", ({ name, startTime, duration }) => probe.events.push([name, startTime, duration]), {
    durationThreshold: 16,
  });
  observe("longtask", ({ startTime, duration }) => probe.tasks.push([startTime, duration]));

  // A frame has been painted when a message sent in its callback arrives.
  const painted = (tell) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => tell(performance.now());
    channel.port2.postMessage(0);
  });
  const EVERYTHING = { subtree: true, childList: true, attributes: true, characterData: true };

  // When each selector first found something in a painted frame.
  probe.mark = (selectors) => {
    const waited = Object.entries(selectors);
    const look = () => {
      for (const one of waited.filter(([, selector]) => document.querySelector(selector))) {
        waited.splice(waited.indexOf(one), 1);
        painted((at) => { probe.marks[one[0]] = at; });
      }
      if (!waited.length) watch.disconnect();
    };
    const watch = new MutationObserver(look);
    watch.observe(document, EVERYTHING);
    look();
  };

  // The next event of a type, and the first painted frame in which the watched element says so.
  probe.arm = (type, watched, isShown) => {
    const shown = { from: null, changed: null, painted: null };
    probe.shown = shown;
    const element = document.querySelector(watched);
    addEventListener(type, (event) => {
      shown.from = event.timeStamp;
      const watch = new MutationObserver(() => {
        if (shown.changed !== null || !isShown()) return;
        shown.changed = performance.now();
        watch.disconnect();
        painted((at) => { shown.painted = at; });
      });
      watch.observe(element, EVERYTHING);
    }, { once: true, capture: true });
  };

  // What was seen of it: milliseconds from the input, null what has not been, or not by 16 ms.
  probe.read = (type) => {
    const { from, changed, painted: at } = probe.shown;
    const told = probe.events.find(([name, begun]) => name === type && from !== null && Math.abs(begun - from) < 1);
    const since = (time) => (time === null ? null : time - from);
    return { presented: told ? told[2] : null, changed: since(changed), painted: since(at) };
  };

  // Which canvases are drawn on: they change without a change of the document.
  const touched = new Set();
  const hookCanvas = () => {
    const made = CanvasRenderingContext2D.prototype;
    for (const name of ["putImageData", "drawImage", "clearRect", "fillRect", "fill", "stroke"]) {
      const work = made[name];
      made[name] = function draw(...given) {
        touched.add(this.canvas);
        return work.apply(this, given);
      };
    }
  };

  // From now on: every frame, the frames in which each part changed, and what a counter said.
  probe.watch = (parts, counter) => {
    const film = { frames: [], parts: {}, counts: [] };
    const changed = new Set();
    if (!probe.film) hookCanvas();
    probe.film = film;
    const elements = Object.entries(parts).map(([name, selector]) => [name, document.querySelector(selector)]);
    for (const [name, element] of elements) {
      film.parts[name] = [];
      new MutationObserver(() => changed.add(name)).observe(element, EVERYTHING);
    }
    const number = document.querySelector(counter);
    const look = (now) => {
      if (probe.film !== film) return;
      film.frames.push(now);
      for (const canvas of touched) elements.forEach(([name, element]) => element.contains(canvas) && changed.add(name));
      for (const name of changed) film.parts[name].push(now);
      touched.clear();
      changed.clear();
      film.counts.push([now, number.textContent]);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };

  window.__probe = probe;
}
