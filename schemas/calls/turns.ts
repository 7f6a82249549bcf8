import { between, nonNegative } from '../rules.ts'
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
  personal,
  record,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

const RecognisedWord = record('HeardWord', 'A word as transcribed by speech recognition.', {
  text: string,
  startMs: documented('Start of the word, in ms since the beginning of the call.', nonNegative(int)),
  endMs: nonNegative(int),
  confidence: documented('Confidence of the recognition; null if it reports none.', nullable(between(0, 1))),
})
type RecognisedWord = TypeOf<typeof RecognisedWord>

export const CallTurn = event(
  'CallTurn',
  'A turn of a call or chat in progress, typed or as transcribed by speech recognition. Event time is when it was said.',
  {
    customerId: identifier,
    callId: identifier,
    turn: documented(
      'Number of the turn in the call, from 0; a repeated number replaces the earlier turn.',
      nonNegative(int),
    ),
    speaker: enumeration('Speaker', ['customer', 'agent', 'system']),
    channel: withDefault(enumeration('TurnChannel', ['other', 'phone', 'chat', 'video']), 'phone'),
    text: personal('texts', documented('Text of the turn; if it is empty, the joined words are used.', string)),
    words: personal(
      'texts',
      documented('Words of the speech recognition, in order.', withDefault(array(RecognisedWord), [])),
    ),
    solved: documented(
      "Whether the customer's previous request is solved; null if neither the agent nor the system knows.",
      nullable(boolean),
    ),
    holiday: documented('Whether it is a public holiday where the customer lives; null if unknown.', nullable(boolean)),
  },
)
export type CallTurn = TypeOf<typeof CallTurn>

export const turns = topic<CallTurn>({
  name: 'turns',
  schema: CallTurn,
  key: 'customerId',
  persons: byKey,
  keyOf: (turn) => turn.customerId,
  retention: { days: 90 },
  role: 'input',
  producer: 'call centre, speech recognition, chat',
})

const IntentGuess = record('IntentGuess', 'An intent with its probability.', { intent: string, probability: double })

export const TurnAnalysis = event('TurnAnalysis', "The analysis of a customer's turn.", {
  customerId: string,
  callId: string,
  turn: int,
  text: personal('texts', string),
  intent: documented(
    'Most probable intent; null if it is none of the known ones, or there is no model.',
    nullable(string),
  ),
  intents: documented('The three most probable intents, the highest first.', array(IntentGuess)),
  modelId: nullable(string),
  absent: documented('Why there is no intent.', nullable(string)),
  sentiment: enumeration('Polarity', ['neutral', 'positive', 'negative']),
  sentimentScore: documented('Sentiment from −1 (negative) to 1 (positive).', double),
  objection: documented(
    'price, need, timing, trust, authority, competitor, risk or contact; null if there is none.',
    nullable(string),
  ),
  cues: personal('texts', documented('Words that revealed sentiment and objection.', array(string))),
  keyPhrases: personal('texts', array(string)),
  unsure: personal('texts', documented('Words that speech recognition was unsure of.', array(RecognisedWord))),
  context: documented('Inputs of the intent model besides the text, by the names of turn@1.', map(double)),
})
export type TurnAnalysis = TypeOf<typeof TurnAnalysis>

export const turnAnalyses = topic<TurnAnalysis>({
  name: 'turn-analyses',
  schema: TurnAnalysis,
  key: 'customerId',
  persons: byKey,
  keyOf: (analysis) => analysis.customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'turn-analysis processor',
})
