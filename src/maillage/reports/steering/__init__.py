"""What coordinators and funders steer by: objectives, places side by side, what weighs on whom, quality of the data."""
