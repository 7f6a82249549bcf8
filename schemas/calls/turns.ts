import { between, notNegative } from '../rules.ts'
import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  event,
  identifier,
  int,
  map,
  nullable,
  record,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'

const HeardWord = record('HeardWord', 'A word as speech recognition heard it.', {
  text: string,
  startMs: documented('From the beginning of the call.', notNegative(int)),
  endMs: notNegative(int),
  confidence: documented('How sure the recognition is; null where it does not say.', nullable(between(0, 1))),
})
type HeardWord = TypeOf<typeof HeardWord>

export const CallTurn = event(
  'CallTurn',
  'A turn of a call or chat that is going on, typed or as speech recognition heard it. Event time is when it was said.',
  {
    customerId: identifier,
    callId: identifier,
    turn: documented(
      'Its number in the call, from 0 on; the same number again takes the place of the former one.',
      notNegative(int),
    ),
    speaker: enumeration('Speaker', ['customer', 'agent', 'system']),
    channel: withDefault(enumeration('TurnChannel', ['other', 'phone', 'chat', 'video']), 'phone'),
    text: documented('Empty: the words, joined.', string),
    words: documented('Of speech recognition, in their order.', withDefault(array(HeardWord), [])),
    solved: documented(
      'Whether what the customer asked for before is solved, where the agent or the system knows.',
      nullable(boolean),
    ),
    holiday: documented('Whether it is a public holiday where the customer lives.', nullable(boolean)),
  },
)
export type CallTurn = TypeOf<typeof CallTurn>

export const turns = topic<CallTurn>({
  name: 'turns',
  schema: CallTurn,
  key: 'customerId',
  keyOf: (turn) => turn.customerId,
  retention: { days: 90 },
  role: 'input',
  producer: 'call centre, speech recognition, chat',
})

const IntentGuess = record('IntentGuess', 'An intent with its probability.', { intent: string, probability: double })

export const TurnAnalysis = event('TurnAnalysis', "What a customer's turn says.", {
  customerId: string,
  callId: string,
  turn: int,
  text: string,
  intent: documented('The most probable one; null: none of those that are known, or no model.', nullable(string)),
  intents: documented('The three most probable, the highest first.', array(IntentGuess)),
  modelId: nullable(string),
  absent: documented('Why there is no intent.', nullable(string)),
  sentiment: enumeration('Polarity', ['neutral', 'positive', 'negative']),
  sentimentScore: documented('−1 … 1.', double),
  objection: documented(
    'price, need, timing, trust, authority, competitor, risk or contact; null: none.',
    nullable(string),
  ),
  cues: documented('The words that told of sentiment and objection.', array(string)),
  keyPhrases: array(string),
  unsure: documented('Words of which speech recognition was not sure.', array(HeardWord)),
  context: documented('What the intent was told by besides the text, by the names of turn@1.', map(double)),
})
export type TurnAnalysis = TypeOf<typeof TurnAnalysis>

export const turnAnalyses = topic<TurnAnalysis>({
  name: 'turn-analyses',
  schema: TurnAnalysis,
  key: 'customerId',
  keyOf: (analysis) => analysis.customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'turn-analysis processor',
})
