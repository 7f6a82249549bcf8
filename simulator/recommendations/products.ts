/** Products of the simulated bank, in which customers are interested. */
export const products = {
  'consumer-loan': { title: '消费贷', valueMinor: 15_000_000 },
  'business-loan': { title: '经营贷', valueMinor: 80_000_000 },
  'wealth-management': { title: '理财产品', valueMinor: 30_000_000 },
  'credit-card': { title: '信用卡', valueMinor: 500_000 },
  insurance: { title: '保险', valueMinor: 1_200_000 },
} as const
export type Product = keyof typeof products

export const productNames = Object.keys(products) as Product[]

export function isLoan(product: Product): boolean {
  return product === 'consumer-loan' || product === 'business-loan'
}
