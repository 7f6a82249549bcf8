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

For controllers, and for who sets the policy. A *false* visit did not happen as it was told. An *invalid* visit
happened, and moved nothing.

**Evidence is no proof.** Each kind below has honest explanations, which are listed beside it. A score is a weighted sum
of evidence, not a probability. It says which visits to ask about first; people decide. What is missing in a record is
unknown, and unknown is never evidence, neither for nor against.`

const scores = `## How a visit is assessed

Each detector gives what it finds a score between 0 and 1. Of each kind the strongest finding of a visit counts. The
*false score* is the sum of weight × score over the kinds, at most 1; the *invalid score* is the same with its own
weights. From ${defaultEvidence.falseFrom} on (\`falseFrom\`) a visit is \`suspected_false\`, otherwise from ${defaultEvidence.invalidFrom} on
(\`invalidFrom\`) \`invalid\`, otherwise \`fine\`. Kinds with common honest explanations, such as a short stay or a late
entry, never reach the limit alone.

On top of it the policy has rules over visit count and conversion probability: the first rule whose conditions hold
decides, whatever the evidence. A rule about probabilities does not apply where no probability is known.

Weights, parameters, limits and rules are the policy \`visit-assessment\`. \`PUT /policies/visit-assessment\` changes it at
run time, with its versions on record; [policies.md](policies.md) says how to try a change first. A kind that is not named keeps its defaults; a weight of 0 switches it off:

\`\`\`json
{
  "rules": [{ "verdict": "invalid", "visitCountMin": 5, "probabilityBelow": 0.2 }],
  "evidence": [{ "kind": "copied-text", "falseWeight": 0.5, "parameters": { "days": 90 } }],
  "sharedDevices": ["tablet-of-team-7"]
}
\`\`\`
A policy that contradicts itself is refused with the place ([policies.md](policies.md#what-is-refused)).

## In the stream
Each visit is assessed as it comes, and again with whatever comes later: a copy is found when its original arrives late, a
correction takes the place of the former record, and a withdrawn visit takes its evidence back everywhere. \`GET /visits\`
and \`GET /visits/{id}\` show scores, verdict and evidence, \`GET /customers/{id}/places\` where a customer is met and which
places three undoubted visits propose, the topic \`visit-assessments\` and the view \`bi_visit_assessments\` the same for
programs; \`bi_impossible_positions\` counts, by device, positions that can't be true.

An event must name visit, opportunity, customer and salesperson, and its visit must not lie more than a day ahead: otherwise it
is a dead letter with the reason, and the others go on. An empty report is one that says nothing. Of two records with one
revision the later visit time counts, then the larger event id. Clocks that contradict each other, impossible and swapped
positions, long texts and shared devices are treated as in a file. A correction takes back what its former text, position,
device or photo said.

What differs from a file, which knows everything from the beginning:
- Visits of the last 180 days are compared: 4,000 of a salesperson, 2,000 of a device, 200 of a photo, 300 of a customer,
  1,000,000 reports. What was found of older ones stands. A visit that is older than the newest 300 of its customer is a dead letter.
- Which words are a template is learned from the reports that came before, with the limits as they are delivered.
- Whether positions usually repeat in the organisation is known from 50 positions on, to two hundredths of all. Before, \`no-jitter\`
  looks only at equal positions with several customers. When it becomes known or changes, all visits are looked at again.
- \`burst-before-period-end\` and \`digits-against-peers\` are compared when a visit comes, and not said again for the visits before
  while they move little. \`digits-against-peers\` counts against the visit at hand.
- \`impossible-travel\` looks at 48 visits with a position before and after each one.
- A changed policy reaches every visit at once; parameters of kinds that compare reports reach the newest 2,000 reports.

## Once a model has learned from your decisions
The weights are a guess. Decisions on cases ([cases.md](cases.md)) say what evidence is worth here: the task \`false-visit\`
learns from them how probable it is that a visit is false. It sees how strong each kind of evidence is, whether a rule flags
the visit, how many kinds there are, and how many visits the opportunity had and how probable its conversion was after this
one, as far as the evidence of the customer's own visits told it ([features.md](features.md)).

- *What it learns from*: confirmed (1) and dismissed (0) cases about *false*, with what was known when they were decided. Harmless ones say nothing, nor do cases that
  are reopened, lapsed or undecided. A visit that was drawn by chance stands for those that were not: each case counts by
  the reciprocal of its propensity, 20 at most.
- *When it is released*: the retrainer tries it as any other task, from 100 such cases on, when \`RETRAIN_OUTCOMES_MIN\` new
  ones are there. It must lose less on the newest quarter than the weighted sum, calibrated on the older cases; later ones
  less than the model in use. \`scoreline train false-visit\` tries it at once.
- *What changes*: the false score is then that probability (calibrated by Platt's method), and \`falseFrom\` is a
  probability. \`modelId\` names the model and \`reasons\` say what speaks most for or against it; the evidence stays beside
  it. All visits are assessed again. The queue of cases takes the probability as it is. The invalid score stays a weighted
  sum, a rule of the policy still decides alone, and a visit without evidence is never suspected.
- *Its brake*: the circuit breaker counts what a model flags, and holds it like a policy ([policies.md](policies.md)); then the
  weights give the scores again, until another model is released. An earlier one is a command away:
  \`scoreline models promote\`.
- *What it can't know*: kinds of evidence that nobody has decided on, and how honest the decisions were. Files
  (\`visits assess\`) and back-tests know no model: they weigh.`

const file = `## From a file, before anything is connected

\`\`\`sh
npm run scoreline -- visits assess --data visits.jsonl --out assessed.jsonl
\`\`\`
The file has one visit per line, with the fields of the topic [\`visits\`](topics.md). Only \`visitId\` is needed. The more is known,
the more can be seen: who (\`salespersonId\`, \`customerId\`, \`opportunityId\`), when (\`occurredAt\`, \`checkInAt\`,
\`checkOutAt\`, \`enteredAt\`, \`plannedFrom\`, \`plannedUntil\`), where (\`place\` and \`checkOutPlace\` with \`latitude\`, \`longitude\`,
\`accuracyM\`, \`ageS\`, \`mocked\`), \`deviceId\`, \`photoHash\`, \`text\`, and the conversion \`probability\` after the visit. Times are ISO 8601 with a
zone, or milliseconds since 1970; \`--utc-offset 8\` says where times without a zone are. Lines of an event file
(\`{"topic": "visits", "event": {…}}\`) are read too, and files in other encodings (\`--encoding\`).

\`--places FILE\` has the places of customers, one per line, with the fields of the topic
[\`customer-places\`](topics.md): \`customerId\`, \`latitude\`, \`longitude\`, and optionally \`radiusM\`, \`validFrom\`, \`validUntil\`,
\`name\`. The nearest place that holds at the time of the visit counts. \`--propose-places FILE\` writes places
where a customer was met on three days or more, by visits that nothing else speaks against, and that are not known yet:
read them, and add what is right. \`--policy FILE\` has a policy as above.

Each line of the result is a visit, in the order of the file:

\`\`\`json
{"visitId":"v2","falseScore":0.6,"invalidScore":0.15,"verdict":"suspected_false","evidence":[{"kind":"copied-text","score":1,"text":"About 100 % of the report is in an earlier report (v1, 14 days earlier).","with":"v1"}]}
\`\`\`
\`with\` is the other visit where it takes two, otherwise null. The last line on standard output is one JSON object with counts. The report for
controllers is an HTML file beside the result (\`--report\`). Memory grows by about 4 kB per visit, whatever the texts: 209,000 visits
took 57 CPU seconds and 860 MB.

| in the file | what is done |
| --- | --- |
| a line that is no JSON object, or has no \`visitId\` | refused with file, line and reason, and counted; the others go on |
| a field that is unknown, or has a value that can't be used | left out: counts as unknown; warned of by name with the first place, and counted |
| no text, no opportunity, no time, no place, … | unknown; an *empty* text is a report that says nothing |
| a text of 100 kB | compared by its first 20,000 characters |
| the same visit several times | the highest \`revision\` counts; of one revision the later visit time, then the later line. Counted, and never compared with itself |
| \`withdrawn\` | verdict \`withdrawn\`, no evidence; others are not compared with it |
| (0, 0), coordinates out of range | no place; counted by device |
| latitude and longitude swapped | no place, if that shows: by a latitude beyond 90, or because the swapped position is where the salesperson usually is. Counted by device |
| a time more than a day in the future | the times of the visit are unknown; counted |
| entered before it happened, check-out before check-in | a clock or a time zone was wrong: the time of entry, or both check times, are unknown; counted |
| a difference of whole hours from the plan | perhaps a time zone: no evidence |
| a device that several people use | name it in \`sharedDevices\`; one with more than four names is taken for such a device |`

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
