import { replayScore, type ReplayedScore } from '../../composition/archive/replay-score.ts'
import type { CommandContext } from '../../composition/context.ts'

/** Exit code 1 unless the replay gave the same bytes, or the same within the tolerance, or the person is erased. */
export async function printReplayedScore(here: CommandContext, id: string, json: boolean): Promise<void> {
  const score = await replayScore(here, id)
  if (json) here.print(JSON.stringify(score))
  else for (const line of linesOf(score)) here.print(line)
  if (score.outcome === 'different' || score.outcome === 'not published') process.exitCode = 1
}

function linesOf({ id, outcome, digest, served, replayed, probability, ...where }: ReplayedScore): string[] {
  if (outcome === 'erased') return [`erased: ${digest}`]
  const shown = (name: string, bytes: ReplayedScore['served'], number: number | null | undefined) =>
    bytes === undefined
      ? `${name}: nothing`
      : `${name}: ${number ?? 'no probability'}, ${bytes.bytes} bytes, SHA-256 ${bytes.sha256}\n  ${bytes.hex}`
  const { processor, partition, transaction, writtenAt } = where
  return [
    `${id}: transaction ${transaction} of ${processor}, partition ${partition}, ${writtenAt}`,
    shown('served', served, probability?.served),
    shown('replayed', replayed, probability?.replayed),
    RESULTS[outcome],
  ]
}

const RESULTS = {
  equal: 'The replay gives the same bytes.',
  close: 'The replay gives the same numbers but for a millionth: a model runtime computed them.',
  different: 'The replay does NOT give the same bytes.',
  'not published': 'The replay does NOT publish this score.',
} satisfies Record<Exclude<ReplayedScore['outcome'], 'erased'>, string>
