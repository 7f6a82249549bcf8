import { documented, event, identifier, int, string, type TypeOf } from '../avro/schema.ts'
import { between, oneOf } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

const handOver = ['transfer', 'end'] as const
const withoutAnswer = ['transfer', 'continue'] as const

/** Limits of a live call, as the policy states them and as a session keeps them. */
export const sessionLimits = {
  silenceMs: documented('Silence that counts, in ms; a shorter one is ignored.', between(500, 60_000, int)),
  silencesMax: documented(
    'Silences in a row after which the last part is repeated; after one more the call ends.',
    between(0, 20, int),
  ),
  unknownTurnsMax: documented(
    'Turns in a row that are not understood before the call is handed over.',
    between(0, 20, int),
  ),
  onUnknown: documented('What follows then: transfer (to an agent) or end.', oneOf(handOver)),
  totalMs: documented('Duration after which the call is ended, in ms.', between(10_000, 7_200_000, int)),
  repeatsMax: documented(
    'How often an interrupted required part is repeated before an agent takes over.',
    between(1, 20, int),
  ),
  withoutAnswer: documented(
    'What follows an objection that the template does not answer: transfer or continue.',
    oneOf(withoutAnswer),
  ),
}

export const SessionPolicy = event('SessionPolicy', 'Limits of live calls, and when a part of a script confuses.', {
  name: identifier,
  version: int,
  ...sessionLimits,
  confusionCalls: documented(
    'Minimum number of calls in which a part was said before a revision of it is proposed.',
    between(5, 1_000_000, int),
  ),
  confusionShare: documented(
    'A revision is proposed if the share of callers whom the part confuses is surely higher (95 % interval).',
    between(0.001, 0.9),
  ),
  changedBy: string,
})
export type SessionPolicy = TypeOf<typeof SessionPolicy>

export const sessionPolicies = globalTopic<SessionPolicy>({
  name: 'session-policies',
  schema: SessionPolicy,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
