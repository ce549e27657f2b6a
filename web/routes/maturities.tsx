export { Maturities as MaturitiesScreen } from "../finance/Maturities.tsx";
