"""What leaves the home for people who have no mochocho: registers, one ZIP, a CD."""
