export { Glossary } from "../help/Glossary.tsx";
