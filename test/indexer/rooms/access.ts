import { expect } from "chai";
import type { LocalIndexer } from "../../../demo/local/indexer.ts";
import { REGISTRARS } from "../market.ts";

export function itKeepsAccess(indexer: () => LocalIndexer): void {
  it("keeps who holds which role by its name, and who held it", async () => {
    const { roleHolders } = await indexer().query<{ roleHolders: object }>(
      "{ roleHolders { items { roleId role account delaySeconds since grantedAt revokedAt } } }",
    );
    const [first, second] = REGISTRARS;
    const granted = { roleId: "1", role: "REGISTRAR", grantedAt: "1795000000" };
    expect(roleHolders).to.deep.equal({
      items: [
        { ...granted, account: first, delaySeconds: "0", since: "1795000000", revokedAt: null },
        { ...granted, account: second, delaySeconds: "86400", since: "1795000001", revokedAt: "1795000000" },
        { ...granted, roleId: "77", role: "77", account: first, delaySeconds: "0", since: "5", revokedAt: null },
      ],
    });
  });
}
