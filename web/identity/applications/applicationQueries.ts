import { graphql, type ResultOf } from "../../indexed/index.ts";

/** What waits for a registrar, and what was decided lately. */
export const APPLICATIONS = graphql(`query Applications {
  waiting: participantProposals(where: { decision: pending }, orderBy: "proposedAt", limit: 500) {
    items { participantId number proposedBy proposedAt kinds validUntilDate }
  }
  replacements: accountReplacements(where: { status_in: [proposed, approved] }, orderBy: "proposedAt", limit: 500) {
    items { participantId number status proposedBy proposedAt completableAt }
  }
  decided: participantProposals(where: { decision_in: [approved, rejected] }, orderBy: "decidedAt", orderDirection: "desc", limit: 50) {
    items { participantId number decision proposedBy decidedBy decidedAt }
  }
  _meta { status { market { block { number } } } }
}`);

export type ApplicationsAnswer = ResultOf<typeof APPLICATIONS>;
export type WaitingRow = ApplicationsAnswer["waiting"]["items"][number];
export type ReplacementWaiting = ApplicationsAnswer["replacements"]["items"][number];
export type DecidedRow = ApplicationsAnswer["decided"]["items"][number];

/** What was proposed and decided of one participant, the latest first. */
export const APPLICATION = graphql(`query Application($id: Int!) {
  participant(id: $id) {
    id status account size kinds validUntilDay credentialHash secondFactor exposureLimitFen controller
    proposalHistory(orderBy: "number", orderDirection: "desc", limit: 100) {
      items {
        number decision proposedBy decidedBy proposedAt decidedAt
        account size kinds validUntilDay credentialHash secondFactor exposureLimitFen controller
      }
    }
    replacementHistory(orderBy: "number", orderDirection: "desc", limit: 100) {
      items { number status former account reasonHash proposedBy approvedBy withdrawnBy completableAt proposedAt endedAt }
    }
  }
  _meta { status { market { block { number } } } }
}`);

export type ApplicationAnswer = ResultOf<typeof APPLICATION>;
export type AppliedRow = NonNullable<ApplicationAnswer["participant"]>;

/** Zones in which a meter can be. */
export const ZONES = graphql(`query ZonesOfMeters { zones(orderBy: "id", limit: 500) { items { id name } } }`);
