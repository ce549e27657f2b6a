import { db } from "ponder:api";
import schema from "ponder:schema";
import { Hono } from "hono";
import { client } from "ponder";
import { servedSchema } from "./graphql/schema.ts";
import { graphqlServer } from "./graphql/server.ts";
import { ponderHost } from "./host.ts";
import { kpi } from "./kpi/routes.ts";
import { refuseSql, requireKey } from "./sql.ts";

const app = new Hono();
const { isPostgres, log, readHead } = ponderHost();

const graphql = graphqlServer(servedSchema(schema, readHead), db, log);
app.use("/", graphql);
app.use("/graphql", graphql);

/** Typed and live queries of @ponder/client. */
const key = process.env.DUJIANG_SQL_KEY;
const refused = refuseSql(key, isPostgres);
if (refused === undefined && key) app.use("/sql/*", requireKey(key), client({ db, schema }));
else app.all("/sql/*", (c) => c.json({ error: refused }, 403));

/** Key figures over a period, as JSON and CSV. */
app.route("/", kpi);

export default app;
