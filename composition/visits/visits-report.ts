import { detectors } from '../../processors/visits/evidence/detectors.ts'
import { formatCount, formatShare } from '../../retrainer/report/format.ts'
import { markup, type Markup } from '../../retrainer/report/markup.ts'
import { section } from '../../retrainer/report/section.ts'
import { style } from '../../retrainer/report/style.ts'
import { table } from '../../retrainer/report/table.ts'
import type { AssessedFile, AssessedVisit } from './assess-file.ts'
import type { FileCounts } from './file-counts.ts'

/** Maximum rows shown, as many as people read; the result file has all of them. */
const SHOWN_MAX = 200

/** Renders a self-contained HTML report for a controller: which visits to check, why, and what that can't prove. */
export function visitsReport(file: string, result: AssessedFile, counts: FileCounts): string {
  const { html } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Visits of ${file}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
${[top(file, counts), doubtful(result), people(result), kinds(counts), faults(result)]}
</main>
</body>
</html>
`
  return html
}

function top(file: string, { visits, verdicts }: FileCounts): Markup {
  const tile = (what: string, count: number) =>
    markup`<div class="tile"><div class="soft">${what}</div><div class="figure">${formatCount(count)}</div><div>${formatShare(visits === 0 ? 0 : count / visits)}</div></div>`
  return markup`<header><h1>Visits of ${file}</h1><p>A score is a weighted sum of evidence, no probability and no verdict: every case is for people to decide.</p><div class="tiles">${[
    tile('Visits', visits),
    tile('Suspected to be false', verdicts.suspected_false),
    tile('Invalid', verdicts.invalid),
    tile('Fine', verdicts.fine),
  ]}</div></header>`
}

function doubtful({ assessed, factsOf }: AssessedFile): Markup {
  const suspects = assessed
    .filter(({ verdict }) => verdict === 'suspected_false' || verdict === 'invalid')
    .sort((one, other) => other.falseScore - one.falseScore || other.invalidScore - one.invalidScore)
  const shown = suspects.slice(0, SHOWN_MAX)
  const rest = suspects.length > shown.length ? ` The first ${SHOWN_MAX} of ${formatCount(suspects.length)}.` : ''
  const facts = (visit: AssessedVisit) => factsOf.get(visit.visitId)
  return section(
    'Whom to ask',
    `The visits with the highest scores first.${rest}`,
    table<AssessedVisit>(
      'Doubtful visits',
      [
        { heading: 'Visit', cell: ({ visitId }) => visitId, isText: true },
        { heading: 'When', cell: (visit) => timeWords(facts(visit)?.at ?? null), isText: true },
        { heading: 'Salesperson', cell: (visit) => facts(visit)?.salespersonId ?? '–', isText: true },
        { heading: 'Customer', cell: (visit) => facts(visit)?.customerId ?? '–', isText: true },
        { heading: 'False', cell: ({ falseScore }) => falseScore.toFixed(2) },
        { heading: 'Invalid', cell: ({ invalidScore }) => invalidScore.toFixed(2) },
        {
          heading: 'Evidence',
          cell: ({ evidence }) =>
            markup`<ul>${evidence.map(({ kind, text }) => markup`<li><b>${kind}</b>: ${text}</li>`)}</ul>`,
          isText: true,
        },
      ],
      shown,
    ),
  )
}

function timeWords(at: number | null): string {
  return at === null ? '–' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

interface Person {
  readonly name: string
  readonly visits: number
  readonly suspected: number
  readonly invalid: number
}

function people({ assessed, factsOf }: AssessedFile): Markup {
  const byPerson = Map.groupBy(assessed, ({ visitId }) => factsOf.get(visitId)?.salespersonId ?? 'not named')
  const rows = [...byPerson]
    .map(([name, visits]): Person => {
      const count = (verdict: string) => visits.filter((visit) => visit.verdict === verdict).length
      return { name, visits: visits.length, suspected: count('suspected_false'), invalid: count('invalid') }
    })
    .filter(({ suspected, invalid }) => suspected + invalid > 0)
    .sort((one, other) => other.suspected - one.suspected || other.invalid - one.invalid)
    .slice(0, SHOWN_MAX)
  return section(
    'Salespeople',
    'Those with doubtful visits. One doubtful visit among many says little about a person.',
    table<Person>(
      'Doubtful visits by salesperson',
      [
        { heading: 'Salesperson', cell: ({ name }) => name, isText: true },
        { heading: 'Visits', cell: ({ visits }) => formatCount(visits) },
        { heading: 'Suspected to be false', cell: ({ suspected }) => formatCount(suspected) },
        { heading: 'Share', cell: ({ suspected, visits }) => formatShare(suspected / visits) },
        { heading: 'Invalid', cell: ({ invalid }) => formatCount(invalid) },
      ],
      rows,
    ),
  )
}

function kinds({ evidence }: FileCounts): Markup {
  return section(
    'What the evidence means',
    'And what it can’t know: honest ways to the same traces.',
    table(
      'Kinds of evidence',
      [
        { heading: 'Kind', cell: ({ kind }) => kind, isText: true },
        { heading: 'Visits', cell: ({ kind }) => formatCount(evidence[kind] ?? 0) },
        { heading: 'It means', cell: ({ means }) => means, isText: true },
        { heading: 'It can’t know', cell: ({ cannotKnow }) => cannotKnow, isText: true },
      ],
      detectors,
    ),
  )
}

function faults({ problems }: AssessedFile): Markup {
  const { refusals, leftOut, refused, faults: ofVisits, noPlaceByDevice } = problems
  const lines = [
    ...refusals,
    ...(refused > refusals.length ? [`${refused - refusals.length} more lines are no visits.`] : []),
    ...Object.entries(leftOut).map(
      ([field, { count, first }]) => `${field} left out ${count} times; the first: ${first}`,
    ),
    ...Object.entries(ofVisits).map(([fault, count]) => `${fault}: ${count} times`),
    ...Object.entries(noPlaceByDevice).map(([device, count]) => `no place ${count} times: ${device}`),
  ]
  return section(
    'What the file could not tell',
    'What is missing or contradictory counts as unknown, and unknown is never evidence.',
    lines.length === 0
      ? markup`<p>Nothing to report.</p>`
      : markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`,
  )
}
