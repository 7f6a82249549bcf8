import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Targets allowed in addition to public https addresses. */
export interface AllowedTargets {
  /** Networks, such as 10.1.0.0/16, or single addresses. */
  readonly networks: readonly string[]
  readonly http: boolean
}

/** Returns what is wrong with the target itself, before its name is resolved; `undefined` if nothing is. */
export function targetFault(url: string, allowed: AllowedTargets): string | undefined {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && !allowed.http)
    return 'Its address is not https: anybody on the way could read it. Use https, or set DELIVERY_ALLOW_HTTP.'
  const literal = hostname.replace(/^\[|\]$/g, '')
  // A literal address is never resolved, so it is checked here.
  return isIP(literal) === 0 ? undefined : addressFault(literal, allowed)
}

/**
 * Returns why the address is not allowed; `undefined` if it is public or explicitly allowed. A message must not reach
 * internal services: loopback, private and link-local networks, or addresses translated into them.
 */
export function addressFault(address: string, { networks }: AllowedTargets): string | undefined {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isPublic(address, family) || listOf(networks.map(networkOf)).check(address, family)) return undefined
  return `${address} is no public address: name its network in DELIVERY_ALLOW_PRIVATE if it is meant.`
}

/** Returns why the text names no network; `undefined` if it does. */
export function networkFault(text: string): string | undefined {
  return networkOf(text) === undefined
    ? `${JSON.stringify(text)} is neither an address nor a network such as 10.1.0.0/16.`
    : undefined
}

type Family = 'ipv4' | 'ipv6'
type Network = readonly [base: string, bits: number, family: Family]

/**
 * Whether the address is public. For IPv6, only global unicast counts, which excludes addresses that stand for others
 * (NAT64, mapped).
 */
function isPublic(address: string, family: Family): boolean {
  return !special.check(address, family) && (family === 'ipv4' || unicast.check(address, family))
}

function networkOf(text: string): Network | undefined {
  const [base = '', bits, ...rest] = text.split('/')
  const family = isIP(base)
  const most = family === 4 ? 32 : 128
  if (family === 0 || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined
  const length = bits === undefined ? most : Number(bits)
  return length > most ? undefined : [base, length, family === 4 ? 'ipv4' : 'ipv6']
}

function listOf(networks: readonly (Network | undefined)[]): BlockList {
  const list = new BlockList()
  for (const network of networks) if (network !== undefined) list.addSubnet(...network)
  return list
}

/**
 * Resolves a name and checks all of its addresses. The connection goes to the checked address, so that a different
 * answer to the next look-up (DNS rebinding) has no effect.
 */
export function checkedLookup(allowed: AllowedTargets, lookup: typeof resolve = resolve): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      const [fault] = addresses.flatMap(({ address }) => addressFault(address, allowed) ?? [])
      // A private address among public ones is no accident.
      if (fault !== undefined) return callback(new Error(fault), [])
      if (options.all === true) return callback(null, addresses)
      const [first] = addresses
      callback(null, first!.address, first!.family)
    })
  }
}

/** IANA's special-purpose registries (RFC 6890 and its successors), multicast, and 6to4. */
const special = listOf(
  [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.31.196.0/24',
    '192.52.193.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '192.175.48.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    '3fff::/20',
  ].map(networkOf),
)
const unicast = listOf([networkOf('2000::/3')])
