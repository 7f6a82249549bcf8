/** Reasons to reject an event, by code. Dead letters, problem documents and metrics all use these codes. */
export const eventErrorCodes = {
  NOT_FRAMED: 'The value does not begin with the Confluent frame (a zero byte and a four-byte schema id).',
  EMPTY: 'The value is missing: this topic has no tombstones.',
  UNKNOWN_SCHEMA: 'The schema id is not in the registry.',
  INCOMPATIBLE_SCHEMA: 'The writer’s schema can’t be resolved to the topic’s schema.',
  UNDECODABLE: 'The bytes do not match the schema that they name.',
  NOT_UTF8: 'A string is not valid UTF-8.',
  INVALID: 'A field has a value of the wrong type or out of its range.',
  NOT_FINITE: 'A number is NaN or infinite.',
  KEY_MISMATCH: 'The record’s key differs from the key in its payload.',
  TIME_OUT_OF_RANGE: 'The event time is before 1900, or more than a day after the record was written.',
  NO_TIMESTAMP: 'The record has no timestamp, so an event time in the future can’t be detected.',
  TOO_LARGE: 'The value exceeds the maximum size of an event.',
  OUTPUT_TOO_LARGE: 'The output of the event is larger than its topic accepts.',
  NOT_WRITTEN: 'The output of the event can’t be written; the transaction succeeded without the event.',
  FOLD_FAILED: 'The processor failed on the event.',
} as const
export type EventErrorCode = keyof typeof eventErrorCodes

/** An error that no retry can fix: the event becomes a dead letter and the stream goes on. */
export class EventError extends Error {
  override readonly name = 'EventError'
  readonly code: EventErrorCode

  constructor(code: EventErrorCode, detail: string, options?: ErrorOptions) {
    super(`${eventErrorCodes[code]} ${detail}`, options)
    this.code = code
  }
}
