import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { HOUR_MS } from '../../../schemas/durations.ts'
import { detector, parameter } from './detector.ts'
import { span } from './words.ts'

export const oneDeviceTwoNames = detector({
  kind: 'one-device-two-names',
  group: 'device',
  means: 'One device checked in for two salespeople within a day, to and fro: one of them may check in for the other.',
  cannotKnow:
    'Whether the team shares the device: name it in `sharedDevices`. A device with many names is taken for a shared one. One that changes hands once, for good, is no evidence.',
  weights: { false: 0.6, invalid: 0 },
  parameters: {
    withinH: parameter(24, 1, 168, 'both names within so many hours'),
    namesMax: parameter(4, 2, 100, 'a device with more names is shared'),
  },
  *detect(visits, { withinH, namesMax }, { isShared }) {
    const used = visits.filter(({ at, salespersonId }) => at !== null && salespersonId !== null)
    const device = used[0]?.deviceId ?? null
    if (device === null || isShared(device)) return
    const names = new Set(used.map(({ salespersonId }) => salespersonId))
    if (names.size < 2 || names.size > namesMax!) return
    const changes = changesOf(used)
    if (changes.length < 2) return
    for (const at of changes)
      for (const [visit, other] of [
        [used[at]!, used[at - 1]!],
        [used[at - 1]!, used[at]!],
      ] as const) {
        const ms = Math.abs(visit.at! - other.at!)
        if (ms > withinH! * HOUR_MS) continue
        const text = `Its device checked in for ${other.salespersonId} as well, ${span(ms)} apart (${other.visitId}).`
        yield { visit, score: Math.min(1, 0.6 + 0.1 * changes.length), text, with: other.visitId }
      }
  },
})

/** Where the name differs from the one before. */
function changesOf(used: readonly VisitFacts[]): number[] {
  return [...used.keys()].filter((at) => at > 0 && used[at]!.salespersonId !== used[at - 1]!.salespersonId)
}
