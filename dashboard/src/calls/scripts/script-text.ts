import type { ApiResponse } from '../../api.ts'
import { count, duration, percent, type Estimate } from '../../format.ts'
import { labelOf, type Label } from '../../label.ts'

export type GroupResult = ApiResponse<'/script-quality/groups'>['items'][number]
export type Retirement = ApiResponse<'/script-retirements'>['items'][number]

const statuses: Readonly<Record<string, Label>> = {
  chosen: { label: 'In use', tone: 'good' },
  retired: { label: 'Retired', tone: 'bad' },
  replaced: { label: 'Replaced by a newer version', tone: '' },
  unreviewed: { label: 'Not reviewed', tone: 'warn' },
  approved: { label: 'Approved', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
}

/** Returns the label of a status of a script, in a group or of its review. */
export function statusLabel(status: string): Label {
  return labelOf(statuses, status)
}

export function versionText(template: string, version: number): string {
  return version === 0 ? `${template}, built-in version` : `${template}, version ${version}`
}

export function groupText(targetGroup: string | null): string {
  return targetGroup === null ? 'Customers in no target group' : `Target group ${targetGroup}`
}

/** Formats a talk time in seconds. */
export function seconds(value: number): string {
  return duration(1_000 * value)
}

/** Splits results by target group and language: customers in no group first, scripts in use first in each. */
export function byGroup(results: readonly GroupResult[]): readonly (readonly GroupResult[])[] {
  const order = ['chosen', 'retired', 'replaced']
  const groups = new Map<string, GroupResult[]>()
  for (const one of results) {
    const key = JSON.stringify([one.targetGroup ?? '', one.language])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, rows]) => rows.sort((one, other) => order.indexOf(one.status) - order.indexOf(other.status)))
}

function soldText(converted: number, decided: number): string {
  if (decided === 0) return 'no call with a known outcome'
  return `${count(converted)} of ${count(decided)} calls converted (${percent(converted / decided)})`
}

/** Describes the figures behind a decision, and those of the scripts that it was compared with. */
export function retirementTexts({ converted, decided, probabilityBest, bound, peers }: Retirement) {
  const chance =
    probabilityBest === null
      ? 'too few calls to compare it'
      : `${percent(probabilityBest)} likely to be the best; below ${percent(bound)} it is retired`
  return {
    own: `${soldText(converted, decided)}, ${chance}`,
    peers: peers.map(
      (peer) => `${versionText(peer.template, peer.templateVersion)}: ${soldText(peer.converted, peer.decided)}`,
    ),
  }
}

/** Says what an estimated uplift means. */
export function upliftLabel(uplift: Estimate | null): Label {
  if (uplift === null || uplift.lower === null || uplift.upper === null)
    return { label: 'Too few calls to tell', tone: '' }
  if (uplift.lower > 0) return { label: 'Would convert more', tone: 'good' }
  if (uplift.upper < 0) return { label: 'Would convert less', tone: 'bad' }
  return { label: 'No clear difference', tone: '' }
}
