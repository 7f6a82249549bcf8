import { unitHash } from '../../features/string-hash.ts'

/**
 * Whether a canary scores this customer. Each canary has its own order of customers, so a larger share keeps the
 * customers of a smaller one, and different canaries have different customers.
 */
export function isCanaryCustomer(modelId: string, share: number, customerId: string): boolean {
  return unitHash(`canary/${modelId}/${customerId}`) < share
}
