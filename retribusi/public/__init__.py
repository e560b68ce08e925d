"""What anybody may see of the money: the check of a bill, what a change in the calculator did."""
