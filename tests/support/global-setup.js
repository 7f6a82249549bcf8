// Plain JavaScript, so that Node loads what it imports as it is: jest would turn a .ts hook into CommonJS.
export { startServices as default } from './run-services.ts'
