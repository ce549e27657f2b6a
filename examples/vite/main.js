import { connect, evidence, parseDeployment } from "dujiang-sdk";

const trades = document.querySelector("#trades");
const proof = document.querySelector("#proof");

try {
  await show();
} catch (error) {
  proof.textContent = error.message;
  proof.dataset.state = "failed";
}

async function show() {
  const items = await latestTrades();
  for (const trade of items) {
    const row = trades.insertRow();
    for (const name of ["id", "date", "status", "contractedWh", "deliveredWh"])
      row.insertCell().textContent = trade[name];
  }
  if (items.length === 0) return;
  // Nothing of the index is believed: every hash and amount is computed again from what a node has.
  const platform = await connect(parseDeployment(DEPLOYMENT), `${location.origin}/rpc`);
  const { checks, holds } = await evidence(platform, BigInt(items[0].id));
  proof.textContent = `Trade ${items[0].id}: ${checks.length} checks, ${holds ? "all of them hold" : "not all hold"}.`;
  proof.dataset.state = holds ? "holds" : "failed";
}

async function latestTrades() {
  const query = `{ trades(orderBy: "openedAt", orderDirection: "desc", limit: 10) {
    items { id date status contractedWh deliveredWh } } }`;
  const headers = { "content-type": "application/json" };
  const answer = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query }) });
  const { data, errors } = await answer.json();
  if (errors !== undefined) throw new Error(errors[0].message);
  return data.trades.items;
}
