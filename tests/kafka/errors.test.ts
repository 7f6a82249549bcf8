import { protocolErrors } from '@platformatic/kafka'
import {
  AuthorizationError,
  ConnectionLostError,
  FencedInstanceError,
  GroupLostError,
  KafkaError,
  ProducerFencedError,
  RecordTooLargeError,
  errorOfCode,
  errorOfWire,
} from '../../kafka/errors.ts'

describe('errors', () => {
  it.each([
    [90, 'PRODUCER_FENCED', ProducerFencedError, 'fatal'],
    [47, 'INVALID_PRODUCER_EPOCH', ProducerFencedError, 'fatal'],
    [82, 'FENCED_INSTANCE_ID', FencedInstanceError, 'fatal'],
    [22, 'ILLEGAL_GENERATION', GroupLostError, 'abortable'],
    [25, 'UNKNOWN_MEMBER_ID', GroupLostError, 'abortable'],
    [27, 'REBALANCE_IN_PROGRESS', GroupLostError, 'abortable'],
    [10, 'MESSAGE_TOO_LARGE', RecordTooLargeError, 'abortable'],
    [29, 'TOPIC_AUTHORIZATION_FAILED', AuthorizationError, 'fatal'],
    [51, 'CONCURRENT_TRANSACTIONS', KafkaError, 'retriable'],
    [88, 'UNSTABLE_OFFSET_COMMIT', KafkaError, 'retriable'],
  ])('knows code %i as %s', (code, name, type, kind) => {
    const error = errorOfCode(code, 'EndTxn of scores-3')
    expect(error).toBeInstanceOf(type)
    expect(error).toMatchObject({ code: name, kind })
    expect(error.message).toMatch(new RegExp(`^EndTxn of scores-3: the broker answered ${name}\\. .+`))
  })

  it('names each code as the protocol does', () => {
    for (const { id, code } of Object.values(protocolErrors)) {
      const { code: name } = errorOfCode(code, 'x')
      if (!name.startsWith('ERROR_')) expect(name).toBe(id)
    }
  })

  it('looks up the coordinator or the metadata again if they proved stale', () => {
    expect(errorOfCode(16, 'x').stale).toBe('coordinator')
    expect(errorOfCode(6, 'x').stale).toBe('metadata')
    expect(errorOfCode(51, 'x').stale).toBeUndefined()
  })

  it('finds the refusal inside the error of the wire layer', () => {
    const wire = Object.assign(new Error('outer'), { errors: [{ apiCode: 90, serverErrorMessage: 'newer epoch' }] })
    expect(errorOfWire(wire, 'Produce')).toBeInstanceOf(ProducerFencedError)
    expect(errorOfWire(wire, 'Produce').message).toContain('(newer epoch)')
  })

  it('classifies broken connections as retriable and wrong credentials as fatal', () => {
    const broken = Object.assign(new Error('Connection closed'), { code: 'PLT_KFK_NETWORK' })
    expect(errorOfWire(broken, 'Fetch')).toBeInstanceOf(ConnectionLostError)
    const refused = Object.assign(
      new Error('failed', { cause: Object.assign(new Error('no'), { code: 'PLT_KFK_AUTHENTICATION' }) }),
      { code: 'PLT_KFK_NETWORK' },
    )
    expect(errorOfWire(refused, 'Fetch')).toMatchObject({ code: 'SASL_AUTHENTICATION_FAILED', kind: 'fatal' })
  })

  it('leaves its own errors as they are', () => {
    const error = errorOfCode(1, 'x')
    expect(errorOfWire(error, 'y')).toBe(error)
  })
})
