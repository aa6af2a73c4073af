/** There is one. */
