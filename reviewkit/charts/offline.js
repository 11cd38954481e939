// Altair's view of a chart, by code that another widget holds: read once for a page, however many charts it has.

const shared = (globalThis.reviewkitCharts ??= new Map());

async function read(model) {
  const library = await model.widget_manager.get_model(model.get("_library").slice("IPY_MODEL_".length));
  const name = library.get("name");
  if (!shared.has(name)) {
    const address = URL.createObjectURL(new Blob([library.get("code")], { type: "text/javascript" }));
    shared.set(name, import(address).finally(() => URL.revokeObjectURL(address)));
  }
  return (await shared.get(name)).default;
}

export default {
  async render({ model, el }) {
    const altair = await read(model);
    return altair.render({ model, el });
  },
};
