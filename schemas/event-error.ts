/** Reasons to reject an event, by code. Dead letters, problem documents and metrics all use these codes. */
export const eventErrorCodes = {
  NOT_FRAMED: 'The value does not begin with the Confluent frame (a zero byte and a four-byte schema id).',
  EMPTY: 'The value is missing: this topic has no tombstones.',
  UNKNOWN_SCHEMA: 'The schema id is not in the registry.',
  INCOMPATIBLE_SCHEMA: 'The schema that wrote it cannot be read as the topic’s schema.',
  UNDECODABLE: 'The bytes do not fit the schema that they name.',
  NOT_UTF8: 'A text is not UTF-8.',
  INVALID: 'A field has a value of the wrong type or out of its range.',
  NOT_FINITE: 'A number is NaN or infinite.',
  KEY_MISMATCH: 'The record’s key is not the one that its payload names.',
  TIME_OUT_OF_RANGE: 'The event time lies before 1900 or more than a day after the record was written.',
  NO_TIMESTAMP: 'The record has no timestamp, so that an event time in the future can’t be told.',
  TOO_LARGE: 'The value is larger than an event may be.',
  OUTPUT_TOO_LARGE: 'What follows from the event is larger than its topic takes.',
  NOT_WRITTEN: 'What follows from the event can’t be written; without the event the transaction went through.',
  FOLD_FAILED: 'The processor’s fold refused the event.',
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
