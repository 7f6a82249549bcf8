import { turnAnalyses, type TurnAnalysis } from '../../../schemas/calls/turns.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const columns = {
  id: 'text',
  customer_id: 'text',
  call_id: 'text',
  turn: 'integer',
  text: 'text',
  intent: 'text',
  intents: 'jsonb',
  model_id: 'text',
  absent: 'text',
  sentiment: 'text',
  sentiment_score: 'double precision',
  objection: 'text',
  cues: 'jsonb',
  key_phrases: 'jsonb',
  unsure: 'jsonb',
  context: 'jsonb',
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof rowOf>>

export const turnAnalysesWriter = sinkWriter({
  topic: turnAnalyses,
  columns,
  rowOf,
  tables: [{ name: 'turn_analyses', key: ['id'], keep: 'first' }],
})

function rowOf(analysis: TurnAnalysis) {
  const { id, turn, text, intent, intents, absent, sentiment, objection, cues, unsure, context } = analysis
  return {
    id,
    customer_id: analysis.customerId,
    call_id: analysis.callId,
    turn,
    text,
    intent,
    intents,
    model_id: analysis.modelId,
    absent,
    sentiment,
    sentiment_score: analysis.sentimentScore,
    objection,
    cues,
    key_phrases: analysis.keyPhrases,
    unsure,
    context,
    occurred_at: analysis.occurredAt,
  }
}
