import { mergeKind, newerOf } from '../../features/merge-kinds.ts'
import { callFeatures } from '../../features/calls/calls.ts'
import { recordState } from '../../features/keyed-state.ts'
import { profileKind, rememberProfile, mergeProfile } from '../../features/customers/remembered-profile.ts'
import {
  rememberAnalysis,
  mergeConversation,
  rememberTurn,
  turnFeatures,
  turnKinds,
  turnRow,
} from '../../features/calls/turns.ts'
import { joinWords, uncertainWords } from '../../models/conversation/recognised-words.ts'
import { rankIntents } from '../../models/conversation/intents.ts'
import { readTurn } from '../../models/conversation/read-turn.ts'
import { calls } from '../../schemas/calls/calls.ts'
import { profiles } from '../../schemas/customers/profiles.ts'
import { message } from '../../schemas/topic.ts'
import { CallTurn, turnAnalyses, turns } from '../../schemas/calls/turns.ts'
import { input, processor, type RowContext } from '../processor.ts'
import { byKey } from '../../schemas/persons.ts'

const name = 'turn-analysis'
const INTENTS = 3

/** The customer’s newest turn. */
const turnKind = recordState<CallTurn>('turn', CallTurn)

interface TurnFacts extends RowContext {
  readonly text: string
  readonly turn: CallTurn
}

/**
 * Analyses each turn of a customer in a call: topic, intent and sentiment (spec C8, C11). The analyses are an input as
 * well, so that later turns see them, also in a replay.
 */
export const turnAnalysis = processor<TurnFacts>({
  name,
  version: 1,
  purpose:
    "Extracts intent, sentiment, objection and key phrases from a customer's turns while the call is in progress.",
  inputs: [
    input(turns, (state, turn, requestScore) => {
      rememberTurn(state, turn)
      if (turn.speaker !== 'customer') return
      state.put(turnKind, '', turn)
      requestScore(`${turn.callId}/${turn.turn}`)
    }),
    input(turnAnalyses, rememberAnalysis),
    input(profiles, rememberProfile),
    input(calls, (state, call) => callFeatures.fold(state, call)),
  ],
  outputs: [turnAnalyses],
  persons: byKey,
  state: [...new Set([...turnKinds, turnKind, profileKind, ...callFeatures.kinds])],
  decisionState: [],
  features: turnFeatures,
  merge(state, other) {
    mergeConversation(state, other)
    mergeKind(state, other, turnKind, newerOf)
    mergeProfile(state, other)
    callFeatures.merge(state, other)
  },
  task: 'intent',
  // The agent needs the analysis while the call is in progress.
  commitWithinMs: 20,
  // Past turns are not analysed again: a new model applies from the next turn on.
  *subjects() {},
  row(state, _subject, row) {
    const turn = state.get(turnKind, '')!
    turnRow(state, turn.occurredAt, row)
    return { at: turn.occurredAt, text: turn.text === '' ? joinWords(turn.words) : turn.text, turn }
  },
  decide(
    _decisionState,
    { id, source, rowContext, row, outputs, outputNames, probability, modelId, unscoredReason },
    _globals,
    emit,
  ) {
    const { turn, text } = rowContext
    const known = turnFeatures.names.flatMap((feature, place) =>
      Number.isNaN(row[place]) ? [] : [[feature, row[place]!] as const],
    )
    emit(
      message(turnAnalyses, {
        id,
        occurredAt: rowContext.at,
        source,
        customerId: turn.customerId,
        callId: turn.callId,
        turn: turn.turn,
        text,
        ...rankIntents(outputNames, outputs, INTENTS),
        modelId: probability === null ? null : modelId,
        absent: unscoredReason,
        ...readTurn(text),
        unsure: uncertainWords(turn.words),
        context: Object.fromEntries(known),
      }),
    )
  },
})
