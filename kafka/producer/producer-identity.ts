/** The identity of a transactional producer. Of one id only the owner with the highest epoch may write. */
export interface ProducerIdentity {
  readonly producerId: bigint
  readonly producerEpoch: number
}

export const NO_PRODUCER: ProducerIdentity = { producerId: -1n, producerEpoch: -1 }
