/** The id and epoch of a producer. Of the owners of an id, only the one with the highest epoch may write. */
export interface ProducerIdentity {
  readonly producerId: bigint
  readonly producerEpoch: number
}

export const NO_PRODUCER: ProducerIdentity = { producerId: -1n, producerEpoch: -1 }
