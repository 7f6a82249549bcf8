/** Operations that ACLs allow, by their bit in the brokers' answers (KIP-430, `AclOperation`). */
const BITS = {
  Read: 3,
  Write: 4,
  Create: 5,
  Alter: 7,
  Describe: 8,
  DescribeConfigs: 10,
  AlterConfigs: 11,
} as const

/** An operation by Kafka's name. */
export type Operation = keyof typeof BITS

const UNKNOWN = -2_147_483_648

/** Returns the operations in this set of bits; none if the broker did not tell. */
export function operationsOf(bits: number): ReadonlySet<Operation> {
  if (bits === UNKNOWN) return new Set()
  return new Set((Object.keys(BITS) as Operation[]).filter((name) => (bits & (1 << BITS[name])) !== 0))
}
