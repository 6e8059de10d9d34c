export { type SignUp, type SignUpFaults, type SignUpVerdict, signUp } from "./sign-up.ts";
