import type { TurnReport } from '../../features/calls/sessions/report.ts'
import { dialogueCues } from '../../models/conversation/dialogue-cues.ts'
import { readTurn } from '../../models/conversation/read-turn.ts'
import { joinWords, uncertainWords } from '../../models/conversation/recognised-words.ts'
import type { CallSession } from '../../schemas/calls/call-sessions.ts'
import { turns, type CallTurn, type TurnAnalysis } from '../../schemas/calls/turns.ts'
import { fromJson } from '../../schemas/json/json-event.ts'
import { invalidBody, ProblemError } from '../http/problem.ts'
import type { ApiPorts, LiveCalls } from '../ports.ts'

/** Limits of a turn: a person speaks for about ten minutes to say so much. */
const CHARACTERS_MAX = 8_000
const WORDS_MAX = 2_000

/** Returns the turn as an event. Throws a problem if it is invalid. */
export function turnOf(
  { callId, customerId }: Pick<CallSession, 'callId' | 'customerId'>,
  { number, text, words = [], at }: Parameters<LiveCalls['turn']>[1],
): CallTurn {
  if (words.length > WORDS_MAX)
    throw invalidBody(`The turn has ${words.length} words; ${WORDS_MAX} are allowed.`, '/words')
  const spoken = text === '' ? joinWords(words) : text
  if (spoken.length > CHARACTERS_MAX)
    throw invalidBody(`The turn has ${spoken.length} characters; ${CHARACTERS_MAX} are allowed.`, '/text')
  const turn = fromJson(turns, {
    ...{ id: `${callId}/turn-${number}`, occurredAt: at, source: 'scoreline/api', customerId, callId, turn: number },
    ...{ speaker: 'customer', channel: 'phone', text: spoken, words, solved: null, holiday: null },
  })
  if (turn.ok) return turn.value
  const parts = turn.problems.map(({ path, problem }) => ({
    part: 'body',
    path: path === '/turn' ? '/number' : path,
    problem,
  }))
  throw new ProblemError('invalid-request', 'The turn is invalid.', parts)
}

/**
 * Analyses a turn. If that fails the turn is still answered, by the rules that need no model: a customer on the line
 * can’t wait.
 */
export async function reportOf(
  { analyseTurn, logError }: Pick<ApiPorts, 'analyseTurn' | 'logError'>,
  { analyses, timeZone }: CallSession,
  turn: CallTurn,
): Promise<TurnReport> {
  const analysis = await analyseTurn(turn, analyses, timeZone).catch((error: unknown) => {
    logError(`A turn of the call ${turn.callId} is answered without its intent: ${(error as Error).message}`)
    return readByRules(turn)
  })
  const { isConfused, wantsAgent } = dialogueCues(analysis.text)
  return {
    ...{ kind: 'turn', number: turn.turn, analysis, isIntelligible: isIntelligible(turn), isConfused, wantsAgent },
    at: turn.occurredAt,
  }
}

/** Whether there are words, and speech recognition is sure of at least half of them. */
function isIntelligible({ text, words }: CallTurn): boolean {
  if (!/[\p{L}\p{N}]/u.test(text)) return false
  return uncertainWords(words).length * 2 <= words.length
}

function readByRules({ id, occurredAt, source, customerId, callId, turn, text, words }: CallTurn): TurnAnalysis {
  return {
    ...{ id, occurredAt, source, customerId, callId, turn, text, intent: null, intents: [], modelId: null },
    ...{ absent: 'The analysis failed.', ...readTurn(text), unsure: uncertainWords(words), context: {} },
  }
}
