import { lookup as resolve } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Which targets are allowed beyond public ones by https. */
export interface AllowedTargets {
  /** Networks, such as 10.1.0.0/16, or single addresses. */
  readonly networks: readonly string[]
  readonly http: boolean
}

/** What is wrong with the target itself, before anything is resolved; `undefined`: nothing. */
export function targetFault(url: string, allowed: AllowedTargets): string | undefined {
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && !allowed.http)
    return 'Its address is not https: anybody on the way could read it. Use https, or set DELIVERY_ALLOW_HTTP.'
  const literal = hostname.replace(/^\[|\]$/g, '')
  // An address that is written out is never looked up.
  return isIP(literal) === 0 ? undefined : addressFault(literal, allowed)
}

/**
 * A message must not reach what only this machine reaches: loopback, private and link-local networks, or what is
 * translated into one. `undefined`: the address is public, or allowed.
 */
export function addressFault(address: string, { networks }: AllowedTargets): string | undefined {
  const parsed = ipaddr.process(address)
  if (parsed.range() === 'unicast' || networks.some((network) => isWithin(parsed, network))) return undefined
  return `${address} is no public address (${parsed.range()}): name its network in DELIVERY_ALLOW_PRIVATE if it is meant.`
}

/** Why the text names no network; `undefined`: it does. */
export function networkFault(text: string): string | undefined {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
    ? undefined
    : `${JSON.stringify(text)} is neither an address nor a network such as 10.1.0.0/16.`
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, network: string): boolean {
  const [base, bits] = ipaddr.isValidCIDR(network)
    ? ipaddr.parseCIDR(network)
    : ([ipaddr.process(network), ipaddr.process(network).kind() === 'ipv4' ? 32 : 128] as const)
  return base.kind() === address.kind() && address.match(base, bits)
}

/**
 * Resolves a name and checks each address that it has. The connection is made to what was checked, so that a name that
 * answers otherwise the next time changes nothing.
 */
export function checkedLookup(allowed: AllowedTargets, lookup: typeof resolve = resolve): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      const [fault] = addresses.flatMap(({ address }) => addressFault(address, allowed) ?? [])
      // One that is not public among others is no accident.
      if (fault !== undefined) return callback(new Error(fault), [])
      if (options.all === true) return callback(null, addresses)
      const [first] = addresses
      callback(null, first!.address, first!.family)
    })
  }
}
