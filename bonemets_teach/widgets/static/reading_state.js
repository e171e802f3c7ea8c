// What viewports, marks and result of the reading room share: the open patient, its pixels and how they are shown.

/** The state that viewports, marks and result share. */
function readingState(model, hooks) {
  const windows = new Map();
  const inverted = new Map();
  const state = { study: null, series: new Map(), cursor: null, shapes: [], opened: new Set() };
  const store = sliceStore((series, first, count) => model.send({ type: "slices", seed: state.study.seed, series, first, count }), () => hooks.repaint());
  const windowOf = (series) => {
    if (!windows.has(series.group)) {
      const [first] = series.windows;
      windows.set(series.group, { center: first.center, width: first.width, preset: first.name });
    }
    return windows.get(series.group);
  };
  return Object.assign(state, {
    store,
    windowOf,
    windowRange(series) {
      const low = Math.min(...series.windows.map(({ center, width }) => center - width));
      return { low, high: Math.max(...series.windows.map(({ center, width }) => center + width)) };
    },
    setWindow(series, center, width, preset) {
      const { low, high } = this.windowRange(series);
      const span = high - low;
      windows.set(series.group, { center: within(center, low - span, high + span), width: within(width, span / 500, span * 2), preset });
    },
    isInverted: (series) => inverted.get(series.group) ?? series.inverted,
    invert(series) {
      inverted.set(series.group, !this.isInverted(series));
    },
    pixels: (series, slice) => store.get(series.base ?? series, slice),
    take(study) {
      store.clear();
      windows.clear();
      inverted.clear();
      const alone = study.series.map(prepareSeries);
      const named = (id) => alone.find((series) => series.id === id);
      const list = [...alone, ...study.fusions.map((fusion) => fuseSeries(fusion, named(fusion.base), named(fusion.over)))];
      Object.assign(state, { study, cursor: null, shapes: [], opened: new Set(), series: new Map(list.map((series) => [series.id, series])) });
      return list;
    },
    leave() {
      store.clear();
      Object.assign(state, { study: null, series: new Map(), cursor: null, shapes: [] });
    },
  });
}
