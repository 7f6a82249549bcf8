import { addressOf } from '../../../kafka/cluster/address.ts'

describe('addresses of brokers', () => {
  it.each([
    ['localhost:9092', { host: 'localhost', port: 9092 }],
    ['[::1]:9092', { host: '::1', port: 9092 }],
  ])('reads %s', (text, address) => {
    expect(addressOf(text)).toEqual(address)
  })

  it.each(['localhost', 'localhost:', ':9092', 'localhost:0', 'localhost:70000', 'a:b:1'])('refuses %s', (text) => {
    expect(() => addressOf(text)).toThrow('Write host:port')
  })
})
