import type { ApiPorts } from '../../api/ports.ts'
import type { Globals } from '../../processors/processor.ts'
import { turnAnalysis } from '../../processors/calls/turn-analysis.ts'
import { profiles, type Profile } from '../../schemas/customers/profiles.ts'
import { turnAnalyses, turns, type CallTurn, type TurnAnalysis } from '../../schemas/calls/turns.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../streams/replay/replay.ts'

/**
 * Returns a function that analyses a turn on request with the processor that does so in the stream. The earlier turns
 * are replayed first.
 */
export function turnAnalyser(globals: () => Globals): ApiPorts['analyseTurn'] {
  return async (turn, earlier, timeZone) => {
    const replay = createReplay(turnAnalysis)
    const known: ReplayInput[] = timeZone === null ? [] : [{ topic: profiles, value: profileOf(turn, timeZone) }]
    for (const analysis of earlier)
      known.push({ topic: turns, value: turnOf(analysis, turn) }, { topic: turnAnalyses, value: analysis })
    // Earlier turns have been analysed already: they need no model.
    await replay.run(known, noGlobals)
    const speaking: CallTurn = { ...turn, speaker: 'customer' }
    const [message] = await replay.run([{ topic: turns, value: speaking }], globals())
    const [refusal] = replay.refused
    if (message === undefined)
      throw refusal?.failure ?? new Error(`The turn ${turn.turn} of call ${turn.callId} was not analysed.`)
    return message.value as TurnAnalysis
  }
}

/** Rebuilds an earlier turn from its analysis, with the fields that later turns depend on. */
function turnOf(
  { id, occurredAt, customerId, callId, turn, text, unsure }: TurnAnalysis,
  { channel, holiday }: CallTurn,
): CallTurn {
  return {
    id: `${id}/turn`,
    occurredAt,
    source: 'database',
    customerId,
    callId,
    turn,
    speaker: 'customer',
    channel,
    text,
    words: unsure,
    solved: null,
    holiday,
  }
}

/** Returns a profile in which only the time zone is known. */
function profileOf({ customerId, occurredAt }: CallTurn, timeZone: string): Profile {
  return {
    id: `${customerId}/profile`,
    occurredAt,
    source: 'database',
    customerId,
    name: null,
    sex: null,
    birthYear: null,
    registeredPlace: null,
    residence: null,
    timeZone,
    segment: null,
    attributes: {},
  }
}
