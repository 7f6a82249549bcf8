import { MINUTE_MS, SECOND_MS } from '../../schemas/durations.ts'
import { sessionPolicies } from '../../schemas/calls/session-policies.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'

export const sessionSetting = versionedSetting({
  name: 'session policy',
  path: '/session-policies',
  doc: 'Limits of live calls, and when a part of a script confuses too many callers (docs/calls.md).',
  topic: sessionPolicies,
  key: 'name',
  defaults: new Map([
    [
      'default',
      {
        ...{ silenceMs: 4 * SECOND_MS, silencesMax: 2, unknownTurnsMax: 2, onUnknown: 'transfer' as const },
        ...{ totalMs: 15 * MINUTE_MS, repeatsMax: 3, withoutAnswer: 'transfer' as const },
        ...{ confusionCalls: 50, confusionShare: 0.1 },
      },
    ],
  ]),
})
