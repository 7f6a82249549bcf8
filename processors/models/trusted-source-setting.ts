import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { trustedSources, type TrustedSources } from '../../schemas/models/trusted-sources.ts'
import { labelRules } from './labels/label-rules.ts'

/** Whose outcomes of a task models learn from. */
export type TrustValue = Omit<TrustedSources, 'id' | 'occurredAt' | 'source' | 'task' | 'version' | 'changedBy'>

/** Applies until it is edited: every source counts, and only outlying weeks are held. */
export const everySource: TrustValue = {
  sources: [],
  referenceSources: [],
  sourceShareMax: 1,
  reviewerShareMax: 1,
  rateDifferenceMax: 0.3,
}

export const trustedSourceSetting = versionedSetting({
  name: 'trusted source',
  path: '/trusted-sources',
  doc: 'Whose outcomes of a task models learn from, and how much one source or reviewer may weigh (docs/labels.md).',
  topic: trustedSources,
  key: 'task',
  defaults: new Map([...labelRules.keys()].map((task) => [task, everySource])),
})
