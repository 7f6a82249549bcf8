import { turnAnalyses, type TurnAnalysis } from '../../../schemas/calls/turns.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const columns = {
  id: 'text',
  customerId: 'text',
  callId: 'text',
  turn: 'integer',
  text: 'text',
  intent: 'text',
  intents: 'jsonb',
  modelId: 'text',
  absent: 'text',
  sentiment: 'text',
  sentimentScore: 'double precision',
  objection: 'text',
  cues: 'jsonb',
  keyPhrases: 'jsonb',
  unsure: 'jsonb',
  context: 'jsonb',
  occurredAt: 'time',
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
    customerId: analysis.customerId,
    callId: analysis.callId,
    turn,
    text,
    intent,
    intents,
    modelId: analysis.modelId,
    absent,
    sentiment,
    sentimentScore: analysis.sentimentScore,
    objection,
    cues,
    keyPhrases: analysis.keyPhrases,
    unsure,
    context,
    occurredAt: analysis.occurredAt,
  }
}
