/**
 * Writes docs/visits.md, with the kinds of evidence as the detectors declare them. Run as `node
 * generators/document-visits.ts`.
 */
import { writeFileSync } from 'node:fs'
import type { Detector } from '../processors/visits/evidence/detector.ts'
import { detectors } from '../processors/visits/evidence/detectors.ts'
import { defaultEvidence } from '../schemas/visits/policies.ts'

const introduction = `# Visits: which reports to doubt

<!-- Written by \`node generators/document-visits.ts\` from the detectors in processors/visits/evidence/. -->

For controllers and those who set the policy. A *false* visit did not happen as it was reported. An *invalid* visit
happened but had no effect.

**Evidence is not proof.** Each kind of evidence below has innocent explanations, which are listed with it. A score is a
weighted sum of evidence, not a probability. It says which visits to ask about first; people decide. A value that is
missing in a record is unknown, and an unknown value is never evidence for or against a visit.`

const scores = `## How a visit is assessed

Each detector gives its findings a score between 0 and 1. For each kind of evidence, only the strongest finding on a
visit counts. The *false score* is the sum of weight × score over the kinds, at most 1; the *invalid score* is the same
with its own weights. A visit is \`suspected_false\` if its false score is at least ${defaultEvidence.falseFrom}
(\`falseFrom\`), otherwise \`invalid\` if its invalid score is at least ${defaultEvidence.invalidFrom}
(\`invalidFrom\`), otherwise \`fine\`. Kinds of evidence with common innocent explanations, such as a short stay or a
late entry, never reach the limit on their own.

In addition, the policy has rules over visit count and conversion probability: the first rule whose conditions are met
decides, regardless of the evidence. A rule about probabilities does not apply if no probability is known.

Weights, parameters, limits and rules form the policy \`visit-assessment\`. \`PUT /policies/visit-assessment\` changes
it at run time; all versions are kept. [policies.md](policies.md) describes how to test a change first. A kind of
evidence that the policy does not name keeps its defaults; a weight of 0 switches it off:

\`\`\`json
{
  "rules": [{ "verdict": "invalid", "visitCountMin": 5, "probabilityBelow": 0.2 }],
  "evidence": [{ "kind": "copied-text", "falseWeight": 0.5, "parameters": { "days": 90 } }],
  "sharedDevices": ["tablet-of-team-7"]
}
\`\`\`
A policy that contradicts itself is refused, with the location of the contradiction
([policies.md](policies.md#what-is-refused)).

## In the stream
Each visit is assessed when it arrives, and again whenever later events affect it: a copy is found even if its original
arrives late, a correction replaces the earlier record, and the evidence of a withdrawn visit is removed everywhere.
\`GET /visits\` and \`GET /visits/{id}\` show scores, verdict and evidence. \`GET /customers/{id}/places\` shows where a
customer can be met, and places that are proposed because three undoubted visits were made there. Programs can read the
topic \`visit-assessments\` and the view \`bi_visit_assessments\`; the view \`bi_impossible_positions\` counts
impossible positions by device.

An event must name visit, opportunity, customer and salesperson, and its visit time must not be more than a day in the
future. Otherwise the event becomes a dead letter with the reason, and processing continues. An empty report is a report
that says nothing. Of two records with the same revision the one with the later visit time counts, then the one with the
larger event id. Contradictory clocks, impossible and swapped positions, long texts and shared devices are treated as in
a file. A correction removes the evidence that came from the earlier text, position, device or photo.

The stream differs from a file, in which everything is known from the beginning:
- Only visits of the last 180 days are compared: up to 4,000 of a salesperson, 2,000 of a device, 200 of a photo, 300 of
  a customer, and 1,000,000 reports. Evidence found with older visits stays. A visit that is older than the newest 300
  of its customer becomes a dead letter.
- Template phrases are learned from the earlier reports only, with the default limits.
- Whether positions usually repeat in the organisation is known once there are 50 positions, and updated in steps of two
  percentage points. Before that, \`no-jitter\` only considers equal positions with several customers. When it becomes
  known or changes, all visits are assessed again.
- \`burst-before-period-end\` and \`digits-against-peers\` are computed when a visit arrives, and not updated for
  earlier visits as long as they change little. \`digits-against-peers\` counts against the arriving visit.
- \`impossible-travel\` compares a visit with the 48 visits with a position before it and the 48 after it.
- A changed policy applies to every visit at once, except that changed parameters of detectors that compare reports
  apply to the newest 2,000 reports.

## Once a model has learned from your decisions
The default weights are a guess. Decisions on cases ([cases.md](cases.md)) show how much each kind of evidence is worth
in your organisation: the task \`false-visit\` learns from them how probable it is that a visit is false. Its features
are the strength of each kind of evidence, whether a rule flags the visit, the number of kinds found, the opportunity's
number of visits, and its conversion probability after this visit, as far as the assessment of the customer's own visits
has it ([features.md](features.md)).

- *Training data*: confirmed (1) and dismissed (0) cases about *false* visits, with what was known when they were
  decided. Harmless cases are not used, nor are reopened, lapsed or undecided ones. A randomly sampled visit stands for
  those that were not sampled: each case is weighted by the reciprocal of its propensity, at most 20.
- *Release*: the retrainer trains it like any other task, once there are 100 such cases and \`RETRAIN_OUTCOMES_MIN\` new
  ones. On the newest quarter of the cases its loss must be lower than that of the weighted sum, calibrated on the older
  cases; later models must have a lower loss than the model in use. \`scoreline train false-visit\` trains one at once.
- *Effect*: the false score becomes that probability (calibrated by Platt's method), and \`falseFrom\` is a threshold on
  it. \`modelId\` names the model and \`reasons\` list the largest contributions for or against; the evidence is still
  shown. All visits are assessed again. The queue of cases uses the probability unchanged. The invalid score remains a
  weighted sum, a rule of the policy still decides alone, and a visit without evidence is never suspected.
- *Circuit breaker*: it counts what a model flags and holds the model like a policy ([policies.md](policies.md)). The
  weighted sums then give the scores until another model is released. \`scoreline models promote\` releases an earlier
  one.
- *Limits*: the model can't learn about kinds of evidence on which nobody has decided, and it can't tell how reliable
  the decisions were. Files (\`visits assess\`) and back-tests use the weighted sums, not the model.`

const file = `## From a file, before anything is connected

\`\`\`sh
npm run scoreline -- visits assess --data visits.jsonl --out assessed.jsonl
\`\`\`
The file has one visit per line, with the fields of the topic [\`visits\`](topics.md). Only \`visitId\` is required, but
more fields allow more checks: who (\`salespersonId\`, \`customerId\`, \`opportunityId\`), when (\`occurredAt\`,
\`checkInAt\`, \`checkOutAt\`, \`enteredAt\`, \`plannedFrom\`, \`plannedUntil\`), where (\`place\` and \`checkOutPlace\`
with \`latitude\`, \`longitude\`, \`accuracyM\`, \`ageS\`, \`mocked\`), \`deviceId\`, \`photoHash\`, \`text\`, and the
conversion \`probability\` after the visit. Times are ISO 8601 with a zone, or milliseconds since 1970;
\`--utc-offset 8\` sets the offset of times without a zone. Lines of an event file
(\`{"topic": "visits", "event": {…}}\`) can be read too, and files in other encodings (\`--encoding\`).

\`--places FILE\` names a file with the places of customers, one per line, with the fields of the topic
[\`customer-places\`](topics.md): \`customerId\`, \`latitude\`, \`longitude\`, and optionally \`radiusM\`,
\`validFrom\`, \`validUntil\`, \`name\`. The nearest place that is valid at the time of the visit is used.
\`--propose-places FILE\` writes unknown places at which a customer was met on at least three days, by visits without
other evidence against them: check them, and add the correct ones to your file. \`--policy FILE\` names a file with a
policy as above.

Each line of the result is a visit, in the order of the input file:

\`\`\`json
{"visitId":"v2","falseScore":0.6,"invalidScore":0.15,"verdict":"suspected_false","evidence":[{"kind":"copied-text","score":1,"text":"About 100 % of the report is in an earlier report (v1, 14 days earlier).","with":"v1"}]}
\`\`\`
\`with\` names the other visit if the evidence involves two, otherwise it is null. The last line on standard output is
one JSON object with counts. The report for controllers is an HTML file next to the result (\`--report\`). Memory use
grows by about 4 kB per visit, regardless of the length of the texts: 209,000 visits took 57 CPU seconds and 860 MB.

| in the file | treatment |
| --- | --- |
| a line that is not a JSON object, or has no \`visitId\` | refused with file, line and reason, and counted; the other lines are processed |
| a field that is unknown, or has an unusable value | ignored: counts as unknown. A warning names the field and its first occurrence; counted |
| no text, no opportunity, no time, no place, … | unknown; an *empty* text is a report that says nothing |
| a very long text, such as 100 kB | only its first 20,000 characters are compared |
| the same visit several times | the record with the highest \`revision\` counts; of the same revision, the one with the later visit time, then the later line. Counted, and never compared with itself |
| \`withdrawn\` | verdict \`withdrawn\`, no evidence; other visits are not compared with it |
| (0, 0), coordinates out of range | counts as no place; counted by device |
| latitude and longitude swapped | counts as no place if it can be detected: by a latitude beyond 90, or because the swapped position is where the salesperson usually is. Counted by device |
| a time more than a day in the future | the times of the visit are unknown; counted |
| entered before the visit, or check-out before check-in | a clock or time zone was wrong: the time of entry, or both check times, are unknown; counted |
| a difference of whole hours from the plan | may be a time zone: no evidence |
| a device that several people use | name it in \`sharedDevices\`; a device with more than four users is treated as shared |`

function kindSection({ kind, means, cannotKnow, weights, parameters }: Detector): string {
  const rows = Object.entries(parameters).map(
    ([name, { value, from, to, meaning }]) => `| \`${name}\` | ${value} | ${from} to ${to} | ${meaning} |`,
  )
  const table =
    rows.length === 0
      ? ''
      : `\n\n| parameter | default | range | meaning |\n| --- | ---: | --- | --- |\n${rows.join('\n')}`
  return `### ${kind}\n\n${means}\n\n*It can’t know*: ${cannotKnow}\n\nWeight: ${weights.false} false, ${weights.invalid} invalid.${table}`
}

export function visitsPage(): string {
  const kinds = `## What each kind of evidence means, and what it doesn’t`
  return `${[introduction, kinds, ...detectors.map(kindSection), scores, file].join('\n\n')}\n`
}

if (import.meta.main) writeFileSync(new URL('../docs/visits.md', import.meta.url), visitsPage())
