// Saves one after another.
//
// Before JupyterLab saves a file it asks whether the file is still the one that it saved last. Where Ctrl+S comes while
// the page saves by itself, the second of the two finds what the first has just written, takes it for somebody else's,
// and asks its user whether to overwrite it. No setting keeps them apart. Here the second waits for the first, and a
// third that comes meanwhile is the second. What somebody else has written is found as before.
//
// JupyterLab loads this as it stands; it is what a bundler would make of an extension.

(() => {
  const queued = new WeakSet();

  function queueSaves(context) {
    if (queued.has(context)) {
      return; // another view of the same file
    }
    queued.add(context);
    const save = context.save.bind(context);
    let running = Promise.resolve();
    let next;
    context.save = () =>
      (next ??= running
        .catch(() => {})
        .then(() => {
          next = undefined;
          return (running = save());
        }));
  }

  const plugin = {
    id: "autograder-saving:plugin",
    autoStart: true,
    activate: ({ docRegistry }) => {
      for (const kind of ["Notebook", "Editor"]) {
        docRegistry.addWidgetExtension(kind, { createNew: (_, context) => queueSaves(context) });
      }
    },
  };

  (window._JUPYTERLAB ??= {})["autograder-saving"] = { init: () => {}, get: async () => () => plugin };
})();
