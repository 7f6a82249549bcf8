import type { BacktestReport } from '../../../api/visits/backtest-report.ts'

const PEOPLE_SHOWN = 10
const EXAMPLES_SHOWN = 5

/** Describes a back-test in sentences, for a controller. */
export function* backtestText(report: BacktestReport): Generator<string> {
  const { days, visits, from, until, truncated, inForce, candidate, knownFalse, knownFine, heldBy } = report
  yield `${visits} visits of ${days} days, from ${from.slice(0, 10)} to ${until.slice(0, 10)}.${truncated ? ' There are more: the earliest were left out.' : ''}`
  yield `In force (version ${inForce.version}): ${verdicts(inForce)}. This policy: ${verdicts(candidate)}.`
  yield `New flags: ${report.new}. Vanished: ${report.vanished}. Unchanged: ${report.unchanged}.`
  if (knownFalse.visits + knownFine.visits > 0)
    yield `Known to be false: ${knownFalse.candidate} of ${knownFalse.visits} flagged (in force: ${knownFalse.inForce}). Known to be fine: ${knownFine.candidate} of ${knownFine.visits} flagged (in force: ${knownFine.inForce}).`
  else
    yield 'Of none of these visits it is known whether it was false: decided cases say so, or outcomes of the task false-visit.'
  for (const person of report.bySalesperson.slice(0, PEOPLE_SHOWN))
    yield `  ${person.salespersonId ?? 'not named'}: ${person.visits} visits, ${person.inForce} flagged now, ${person.candidate} by this policy (${person.new} new, ${person.vanished} vanished)`
  yield* examples('New', report.examples.new)
  yield* examples('Vanished', report.examples.vanished)
  for (const warning of report.warnings) yield `Note: ${warning}`
  yield heldBy === null
    ? 'It keeps its limit on every day: it can be activated.'
    : `It would be held: it flags ${heldBy.flagged} of ${heldBy.visits} visits of ${heldBy.day}, and ${heldBy.allowed} are allowed.`
}

function verdicts({ suspectedFalse, invalid }: { readonly suspectedFalse: number; readonly invalid: number }): string {
  return `${suspectedFalse} suspected to be false, ${invalid} invalid`
}

function* examples(what: string, found: BacktestReport['examples']['new']): Generator<string> {
  for (const { visitId, salespersonId, visitedAt, reasons } of found.slice(0, EXAMPLES_SHOWN))
    yield `  ${what}: ${visitId} (${salespersonId ?? 'not named'}, ${visitedAt.slice(0, 10)}) ${reasons.join(' ')}`
}
